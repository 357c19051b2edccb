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
    .library(name: "Compute", targets: ["Compute"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Layer 0: words, numbers and their units.
    .target(name: "Quantities"),
    // Layer 0: values as bytes and back, for caches.
    .target(name: "Snapshots"),
    // √ is an instruction, but the symbol is libm's, which only Foundation links by itself.
    .target(name: "Randomness", linkerSettings: [.linkedLibrary("m")]),
    .target(name: "CommandLanguage", dependencies: ["Quantities"]),
    .target(name: "Reports", dependencies: ["CommandLanguage", "Quantities"]),
    .target(
      name: "StrictYAML",
      dependencies: ["CommandLanguage", .product(name: "Yams", package: "Yams")]),

    // Layer 1: virtual time.
    .target(name: "SimulationKernel", dependencies: ["Quantities", "Randomness"]),

    // Layer 1, beside it: what this machine can do. The kernels are C, for run-time dispatch.
    .target(
      name: "CComputeKernels", publicHeadersPath: "include",
      linkerSettings: [.linkedLibrary("m")]),
    .target(name: "Compute", dependencies: ["CComputeKernels", "Quantities"]),

    // Layer 2, on Compute: transformers, trained here or read from a file.
    .target(
      name: "LanguageModel",
      dependencies: ["CComputeKernels", "Compute", "Randomness", "Snapshots"]),

    // Layer 2: the engines.
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

    .target(name: "Facility", dependencies: ["Quantities", "Randomness", "SimulationKernel"]),
    .target(
      name: "Cloud", dependencies: ["Facility", "Quantities", "Randomness", "SimulationKernel"]),

    // Layer 3: what could be bought when, and the world of a session.
    .target(
      name: "Catalogs",
      dependencies: [
        "Cloud", "CommandLanguage", "Facility", "Quantities", "Service", "StrictYAML",
      ],
      resources: ["lines", "parts", "power", "rooms", "servers", "sites"].map {
        .embedInCode("Entries/\($0).yaml")
      } + ["aws", "azure", "google"].map { .embedInCode("Providers/\($0).yaml") } + [
        .embedInCode("Story/story.yaml")
      ]),
    .target(
      name: "WorldModel",
      dependencies: [
        "Catalogs", "Cloud", "CommandLanguage", "Facility", "Quantities", "Randomness", "Service",
        "SimulationKernel",
      ]),

    // Layer 4: what can be said to it.
    .target(
      name: "Commands",
      dependencies: [
        "Catalogs", "Cloud", "CommandLanguage", "Compute", "Facility", "LanguageModel",
        "Quantities",
        "Queueing", "Randomness", "Reports", "Service", "SimulationKernel", "WorldModel",
      ]),

    // Layer 5: the edges.
    .target(
      name: "Rendering",
      dependencies: ["CommandLanguage", "Commands", "Quantities", "Randomness", "Reports"]),
    .systemLibrary(
      name: "CLibEdit", pkgConfig: "libedit",
      providers: [.apt(["libedit-dev"]), .brew(["libedit"])]),
    .target(name: "CTerminal", dependencies: ["CLibEdit"]),
    .target(name: "Terminal", dependencies: ["CLibEdit", "CTerminal", "Quantities", "Rendering"]),
    .target(
      name: "Lessons",
      dependencies: [
        "Catalogs", "CommandLanguage", "Commands", "Compute", "LanguageModel", "Quantities",
        "Rendering", "Reports",
        "StrictYAML", "WorldModel",
      ]),

    // Layer 6: the program.
    .executableTarget(
      name: "machineroom",
      dependencies: [
        "CommandLanguage", "Commands", "Compute", "Lessons", "Quantities", "Rendering", "Reports",
        "Snapshots", "Terminal", "WorldModel",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // For Benchmarks/training and Benchmarks/inference; what is `package` is out of their reach.
    .executableTarget(
      name: "ModelSpeed", dependencies: ["Compute", "LanguageModel", "Randomness"],
      path: "Benchmarks/ModelSpeed"),

    .testTarget(name: "QuantitiesTests", dependencies: ["Quantities"]),
    .testTarget(name: "SnapshotsTests", dependencies: ["Snapshots"]),
    .testTarget(
      name: "CommandLanguageTests", dependencies: ["CommandLanguage", "Quantities"]),
    .testTarget(
      name: "ReportsTests", dependencies: ["CommandLanguage", "Quantities", "Reports"]),
    .testTarget(
      name: "CatalogsTests",
      dependencies: ["Catalogs", "Cloud", "CommandLanguage", "Quantities"]),
    .testTarget(
      name: "CloudTests", dependencies: ["Cloud", "Facility", "Quantities", "Randomness"]),
    .testTarget(
      name: "WorldModelTests",
      dependencies: [
        "Catalogs", "Cloud", "Facility", "Quantities", "Randomness", "Service", "WorldModel",
      ]),
    .testTarget(
      name: "CommandsTests",
      dependencies: [
        "Catalogs", "CommandLanguage", "Commands", "Compute", "LanguageModel", "Quantities",
        "Reports",
        "Snapshots", "WorldModel",
      ]),
    .testTarget(name: "ComputeTests", dependencies: ["CComputeKernels", "Compute"]),
    .testTarget(
      name: "LanguageModelTests",
      dependencies: ["CComputeKernels", "Compute", "LanguageModel", "Randomness"]),
    .testTarget(name: "TidyTests"),
    // The program as a process.
    .testTarget(name: "ProgramTests", dependencies: ["machineroom"]),
    .testTarget(name: "RandomnessTests", dependencies: ["Randomness"]),
    .testTarget(
      name: "SimulationKernelTests", dependencies: ["Quantities", "Randomness", "SimulationKernel"]),
    .testTarget(
      name: "QueueingTests",
      dependencies: ["Quantities", "Queueing", "Randomness", "SimulationKernel"]),
    .testTarget(
      name: "ServiceTests",
      dependencies: ["Quantities", "Randomness", "Service", "SimulationKernel"]),
    .testTarget(
      name: "FacilityTests",
      dependencies: ["Facility", "Quantities", "Randomness", "SimulationKernel"]),
    .testTarget(
      name: "RenderingTests",
      dependencies: ["CommandLanguage", "Commands", "Quantities", "Rendering", "Reports"],
      exclude: ["Pictures"]),
    .testTarget(
      name: "TerminalTests",
      dependencies: [
        "CPseudoTerminal", "Quantities", "Rendering", "Terminal", "TerminalProbe", "machineroom",
      ]),
    // A prompt that echoes, for tests to type at through a pseudo-terminal.
    .executableTarget(
      name: "TerminalProbe", dependencies: ["Rendering", "Terminal"], path: "Tests/TerminalProbe"),
    .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal"),
    .testTarget(
      name: "LessonsTests",
      dependencies: [
        "CommandLanguage", "Commands", "Compute", "Lessons", "Quantities", "Rendering", "Reports",
        "WorldModel",
      ]),
  ]
)
