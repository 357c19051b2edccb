// Matrix products for Benchmarks/multiply: reads "ROWS COLUMNS DEPTH SECONDS" a line, multiplies for so
// long, and answers with the seconds of the fastest product.
// Usage: ComputeSpeed THREADS

import Compute
import Glibc

/// One thread is timed by the time that it had a core, several by the clock on the wall.
func seconds(threads: Int) -> Double {
  var time = timespec()
  clock_gettime(threads == 1 ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// The fastest of the products that fit into so many seconds.
func best(rows: Int, columns: Int, depth: Int, within limit: Double, pool: WorkerPool) -> Double {
  let a = (0..<rows * depth).map { Float($0 % 17) / 17 }
  let b = (0..<depth * columns).map { Float($0 % 13) / 13 }
  var c = [Float](repeating: 0, count: rows * columns)
  var best = Double.infinity
  let start = seconds(threads: 2)
  repeat {
    let begin = seconds(threads: pool.threads)
    multiply(
      rows: rows, columns: columns, depth: depth, a, stride: depth, transposed: false, b,
      stride: columns, transposed: false, into: &c, stride: columns, accumulates: false, pool: pool)
    best = min(best, seconds(threads: pool.threads) - begin)
  } while seconds(threads: 2) - start < limit
  return best
}

let pool = WorkerPool(threads: CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 1)
while let line = readLine() {
  let words = line.split(separator: " ")
  let shape = words.prefix(3).compactMap { Int($0) }
  guard shape.count == 3, words.count == 4, let limit = Double(words[3]) else {
    fatalError("'\(line)' is not ROWS COLUMNS DEPTH SECONDS")
  }
  print(best(rows: shape[0], columns: shape[1], depth: shape[2], within: limit, pool: pool))
  fflush(nil)
}
