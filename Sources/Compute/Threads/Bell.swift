import Glibc

/// Wakes threads that sleep.
///
/// `@unchecked Sendable`: the two pointers never change, and what they point at is made to be shared.
final class Bell: @unchecked Sendable {
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let signal = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(lock, nil)
    pthread_cond_init(signal, nil)
  }

  deinit {
    pthread_cond_destroy(signal)
    pthread_mutex_destroy(lock)
    signal.deallocate()
    lock.deallocate()
  }

  /// Wakes all that sleep.
  ///
  /// Who has said that it sleeps is woken, as it then holds the lock or waits.
  func ring() {
    pthread_mutex_lock(lock)
    pthread_cond_broadcast(signal)
    pthread_mutex_unlock(lock)
  }

  /// Sleeps until a condition gives a value, asked before sleeping and after each ring; `announce` is
  /// called with true before the first question and with false after the last.
  func sleep<Value>(_ announce: (Bool) -> Void, until condition: () -> Value?) -> Value {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    announce(true)
    defer { announce(false) }
    while true {
      if let value = condition() { return value }
      pthread_cond_wait(signal, lock)
    }
  }
}
