// swift-tools-version: 6.1
import PackageDescription

let kernel: [Target.Dependency] = [
  .product(name: "Quantities", package: "machineroom"),
  .product(name: "Randomness", package: "machineroom"),
  .product(name: "SimulationKernel", package: "machineroom"),
]

let package = Package(
  name: "benchmarks",
  dependencies: [
    .package(name: "machineroom", path: ".."),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    // Without its traits it needs no system library and does not replace malloc.
    .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
  ],
  targets: [
    .target(
      name: "KernelModels",
      dependencies: kernel + [.product(name: "DequeModule", package: "swift-collections")]),
    // For Benchmarks/compare, which needs one number a process.
    .executableTarget(name: "KernelSpeed", dependencies: ["KernelModels"]),
    // For Benchmarks/multiply, which alternates it with numpy.
    .executableTarget(
      name: "ComputeSpeed", dependencies: [.product(name: "Compute", package: "machineroom")]),
    // For `swift package benchmark`, which finds it here, in a folder below one named Benchmarks.
    .executableTarget(
      name: "KernelBenchmarks",
      dependencies: [
        "KernelModels",
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "KernelBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ]
)
