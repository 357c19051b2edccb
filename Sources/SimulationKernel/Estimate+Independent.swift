extension Estimate {
  /// The mean of independent values, such as one a seed, with Student's interval.
  ///
  /// - Precondition: there is at least one value; with one there is no interval.
  public init(ofIndependent values: [Double]) {
    precondition(!values.isEmpty, "a mean needs a value")
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    guard values.count > 1 else {
      self.init(value: mean, halfWidth: nil)
      return
    }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / (count - 1)).squareRoot()
    let t = StudentT.quantile975(degreesOfFreedom: values.count - 1)
    self.init(value: mean, halfWidth: t * deviation / count.squareRoot())
  }
}
