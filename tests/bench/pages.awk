# The same made-up pages for every generator: awk -v pages=N -v out=DIR -v kind=hugo|eleventy.
# Each has a 30 x 6 table; the chart is drawn by the generator's own template from column 2.
function value(page, row, column) {
    return ((page * 7919 + row * 104729 + column * 1299709) % 99991) / 10
}
BEGIN {
    for (p = 0; p < pages; p++) {
        rows = ""
        for (r = 0; r < 30; r++) {
            rows = rows (r ? "," : "") "[\"item " r "\""
            for (c = 1; c < 6; c++)
                rows = rows "," sprintf("%.1f", value(p, r, c))
            rows = rows "]"
        }
        if (kind == "hugo") {
            file = out "/p" p ".md"
            printf "{\"title\":\"Page %d\",\"rows\":[%s]}\n", p, rows > file
            close(file)
        } else
            printf "%s{\"n\":%d,\"title\":\"Page %d\",\"rows\":[%s]}", p ? "," : "[", p, p, rows
    }
    if (kind != "hugo")
        print "]"
}
