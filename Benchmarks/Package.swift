// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "benchmarks",
  dependencies: [
    .package(name: "machineroom", path: ".."),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
  ],
  targets: [
    .executableTarget(
      name: "KernelSpeed",
      dependencies: [
        .product(name: "Quantities", package: "machineroom"),
        .product(name: "Randomness", package: "machineroom"),
        .product(name: "SimulationKernel", package: "machineroom"),
        .product(name: "DequeModule", package: "swift-collections"),
      ])
  ]
)
