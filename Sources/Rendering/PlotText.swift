import Reports

struct PlotText {
  let lines: [String]
  init(_ plot: Plot, style: TextStyle) { lines = [] }
}
