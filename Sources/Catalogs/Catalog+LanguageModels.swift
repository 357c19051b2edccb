extension Catalog {
  /// A language model that somebody trained: what is known of its size and of what that took.
  package struct LargeModel: Sendable {
    /// What it is called in facts.
    package let id: String
    /// What it is called.
    package let name: String
    /// Learned numbers.
    package let parameters: Double
    /// Symbols that it learned from.
    package let tokens: Double
    /// Operations of its training.
    package let operations: Double
    /// Title, publisher and date of these.
    package let source: String
  }

  /// The models to compare with, oldest first.
  package static let largeModels = [
    LargeModel(
      id: "gpt-3", name: "GPT-3", parameters: 175e9, tokens: 300e9, operations: 3.14e23,
      source: "Patterson et al., 'Carbon Emissions and Large Neural Network Training', 2021, "
        + "arXiv 2104.10350, table 4; 300 billion symbols: Brown et al., 2020"),
    LargeModel(
      id: "llama-3-405b", name: "Llama 3 405B", parameters: 405e9, tokens: 15.6e12,
      operations: 3.8e25,
      source: "Llama Team, 'The Llama 3 Herd of Models', Meta, 2024, arXiv 2407.21783"),
  ]
}
