/* The calibration's struct is plain data of the catalog; engines find it here. */
#ifndef ENGINE_CALIBRATION_H
#define ENGINE_CALIBRATION_H

#include "catalog/calibration.h"

#endif
