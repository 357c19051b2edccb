import Glibc
import Synchronization
import Testing

@testable import Compute

@Suite struct WorkerPoolTests {
  @Test(arguments: [1, 2, 3, 8])
  func eachChunkIsDoneOnceInEachOfManyRuns(threads: Int) {
    let pool = WorkerPool(threads: threads)
    let counts = UnsafeMutablePointer<Int>.allocate(capacity: 64)
    counts.initialize(repeating: 0, count: 64)
    defer { counts.deallocate() }
    for round in 0..<3_000 {
      pool.run(chunks: round % 65) { counts[$0] += 1 }
    }
    // Chunk c is done in the rounds with round mod 65 > c: 46 whole cycles of 65 rounds (2,990) have
    // 64 − c each, and the ten rounds that remain (0 … 9) have 9 − c.
    for chunk in 0..<64 {
      #expect(counts[chunk] == 46 * (64 - chunk) + max(0, 9 - chunk))
    }
  }

  // A run returns after the last chunk, so the sum of what all wrote is there: n (n − 1) / 2.
  @Test func whatChunksWroteIsThereAfterTheRun() {
    let pool = WorkerPool(threads: 3)
    let values = UnsafeMutablePointer<Int>.allocate(capacity: 100)
    values.initialize(repeating: 0, count: 100)
    defer { values.deallocate() }
    for round in 0..<1_000 {
      pool.run(chunks: 100) { values[$0] = $0 * round }
      #expect((0..<100).reduce(0) { $0 + values[$1] } == 4_950 * round)
    }
  }

  /// How many threads do the chunks of a run in which each one waits for the others to begin.
  ///
  /// One thread alone would wait for ever, so there is a limit.
  private func threadsAtWork(_ pool: WorkerPool) -> Int {
    let seen = Mutex<Set<UInt>>([])
    let begun = Atomic<Int>(0)
    let start = MachineProbe.now()
    pool.run(chunks: pool.threads) { _ in
      begun.add(1, ordering: .relaxed)
      while begun.load(ordering: .relaxed) < pool.threads, MachineProbe.now() - start < 5 {
        sched_yield()
      }
      let thread = UInt(pthread_self())
      seen.withLock { _ = $0.insert(thread) }
    }
    return seen.withLock { $0.count }
  }

  @Test(arguments: [1, 2, 3])
  func allThreadsWork(threads: Int) {
    #expect(threadsAtWork(WorkerPool(threads: threads)) == threads)
  }

  @Test func aRunInsideOfARunIsDoneByItsCaller() {
    let pool = WorkerPool(threads: 2)
    let count = Atomic<Int>(0)
    pool.run(chunks: 8) { _ in
      let outer = pthread_self()
      pool.run(chunks: 5) { _ in
        if pthread_self() == outer { count.add(1, ordering: .relaxed) }
      }
    }
    #expect(count.load(ordering: .relaxed) == 40)
  }

  @Test func noChunksAreNoCalls() {
    WorkerPool(threads: 2).run(chunks: 0) { _ in Issue.record("there is no chunk") }
  }

  // Workers that went on waiting awake would use a second of processor time for each second.
  @Test func workersWithoutWorkSleep() {
    let pools = (0..<4).map { _ in WorkerPool(threads: 3) }
    for pool in pools { pool.run(chunks: 3) { _ in } }
    let limit = MachineProbe.now() + 2
    while pools.contains(where: { $0.sleepingWorkers < 2 }), MachineProbe.now() < limit {
      sched_yield()
    }
    #expect(pools.allSatisfy { $0.sleepingWorkers == 2 })
    // And they wake up again.
    for pool in pools { #expect(threadsAtWork(pool) == 3) }
  }

  @Test func twoCallersAtATimeBothGetTheirWorkDone() {
    let pool = WorkerPool(threads: 2)
    let outer = WorkerPool(threads: 2)
    let count = Atomic<Int>(0)
    outer.run(chunks: 2) { _ in
      for _ in 0..<2_000 { pool.run(chunks: 3) { _ in count.add(1, ordering: .relaxed) } }
    }
    #expect(count.load(ordering: .relaxed) == 12_000)
  }
}

@Suite struct ScratchTests {
  @Test func memoryIsKeptAndNeverLentTwiceAtATime() {
    let scratch = Scratch()
    let first = scratch.withFloats(100) { Int(bitPattern: $0) }
    scratch.withFloats(50) { memory in
      #expect(Int(bitPattern: memory) == first && first % 64 == 0)
      scratch.withFloats(50) { other in #expect(other != memory) }
    }
  }

  @Test func moreBorrowersThanPlacesAreServed() {
    let scratch = Scratch()
    func borrow(_ depth: Int) -> Set<Int> {
      scratch.withFloats(10) { memory in
        Set([Int(bitPattern: memory)]).union(depth == 0 ? [] : borrow(depth - 1))
      }
    }
    #expect(borrow(20).count == 21)
  }
}
