// swift-tools-version: 6.1
import PackageDescription

// Arrows point down only; ARCHITECTURE.md has the layers and a reason for each dependency.
let package = Package(
  name: "machineroom",
  products: [
    // Library products for the sake of Benchmarks, which is a package of its own.
    .library(name: "Quantities", targets: ["Quantities"]),
    .library(name: "Randomness", targets: ["Randomness"]),
    .library(name: "SimulationKernel", targets: ["SimulationKernel"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Layer 0: words, numbers and their units.
    .target(name: "Quantities"),
    // √ is an instruction, but the symbol is libm's, which only Foundation links by itself.
    .target(name: "Randomness", linkerSettings: [.linkedLibrary("m")]),
    .target(name: "CommandLanguage", dependencies: ["Quantities"]),
    .target(name: "Reports", dependencies: ["CommandLanguage", "Quantities"]),

    // Layer 1: virtual time.
    .target(name: "SimulationKernel", dependencies: ["Quantities", "Randomness"]),

    // Layer 2: engines.
    .target(
      name: "Queueing",
      dependencies: [
        "Quantities", "Randomness", "SimulationKernel",
        .product(name: "DequeModule", package: "swift-collections"),
      ]),
    .target(
      name: "Service",
      dependencies: [
        "Quantities", "Randomness", "SimulationKernel",
        .product(name: "DequeModule", package: "swift-collections"),
      ]),

    .testTarget(name: "QuantitiesTests", dependencies: ["Quantities"]),
    .testTarget(name: "RandomnessTests", dependencies: ["Randomness"]),
    .testTarget(
      name: "SimulationKernelTests", dependencies: ["Quantities", "Randomness", "SimulationKernel"]),
    .testTarget(
      name: "QueueingTests",
      dependencies: ["Quantities", "Queueing", "Randomness", "SimulationKernel"]),
    .testTarget(
      name: "ServiceTests",
      dependencies: ["Quantities", "Randomness", "Service", "SimulationKernel"]),
  ]
)
