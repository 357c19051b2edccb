import CComputeKernels

/// The instructions that kernels may use.
public enum InstructionSet: String, CaseIterable, Sendable, Hashable, Codable {
  /// What every processor of its kind has: SSE2 on x86-64, four lanes of floats.
  case baseline
  /// AVX2 with fused multiply-add: eight lanes.
  case avx2
  /// AVX-512: sixteen lanes.
  case avx512
  /// Advanced SIMD of 64-bit ARM: four lanes, fused multiply-add.
  case neon

  /// The best that this processor has, or the one that the environment variable `MACHINEROOM_ISA`
  /// names, if the processor has it.
  public static var best: InstructionSet {
    switch compute_best() {
    case compute_avx2: .avx2
    case compute_avx512: .avx512
    case compute_neon: .neon
    default: .baseline
    }
  }

  /// Those that this processor can run, the plainest first.
  public static var available: [InstructionSet] { allCases.filter { compute_has($0.kernels) } }

  /// The set's name in C.
  package var kernels: compute_instruction_set {
    switch self {
    case .baseline: compute_baseline
    case .avx2: compute_avx2
    case .avx512: compute_avx512
    case .neon: compute_neon
    }
  }
}
