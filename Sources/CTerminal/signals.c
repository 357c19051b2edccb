#define _GNU_SOURCE
#include "CTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

static int pipe_ends[2] = {-1, -1};
static atomic_int interrupts;
static atomic_int interrupt_leaves;
static atomic_llong first_interrupt;  // in milliseconds of the monotonic clock

// A command that has not come to a checkpoint in so long will not come to one.
static const long long patience_milliseconds = 1000;

static long long now_milliseconds(void) {
  struct timespec now = {0};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

// The third Ctrl-C leaves, even where nobody asks whether there was one; what was accepted is in the
// log by then.
static void count_interrupt(void) {
  int before = atomic_fetch_add(&interrupts, 1);
  if (before == 0) atomic_store(&first_interrupt, now_milliseconds());
  if (before < 2) return;
  if (now_milliseconds() - atomic_load(&first_interrupt) >= patience_milliseconds) _exit(130);
}

// Calls only what is safe in a handler (POSIX.1-2017, section 2.4.3): atomics, clock_gettime,
// write, _exit.
static void on_signal(int number) {
  int saved = errno;
  if (number == SIGINT) {
    if (atomic_load(&interrupt_leaves)) _exit(130);
    count_interrupt();
  }
  unsigned char byte = (unsigned char)number;
  // The pipe does not block; when it is full, its reader has enough to know already.
  ssize_t written = write(pipe_ends[1], &byte, 1);
  (void)written;
  errno = saved;
}

int terminal_install_signals(terminal_interrupt_mode mode) {
  atomic_store(&interrupt_leaves, mode == terminal_interrupt_leaves);
  if (pipe_ends[0] < 0 && pipe2(pipe_ends, O_NONBLOCK | O_CLOEXEC) < 0) return -1;
  // No SA_RESTART: a read that waits returns with EINTR, so that nobody waits past a Ctrl-C.
  struct sigaction action = {.sa_handler = on_signal};
  sigemptyset(&action.sa_mask);
  const int handled[] = {SIGINT, SIGWINCH, SIGCONT};
  for (int i = 0; i < 3; i++) {
    if (sigaction(handled[i], &action, NULL) < 0) return -1;
  }
  return 0;
}

int terminal_signal_pipe(void) { return pipe_ends[0]; }
int terminal_interrupt_count(void) { return atomic_load_explicit(&interrupts, memory_order_relaxed); }
void terminal_clear_interrupts(void) { atomic_store(&interrupts, 0); }

int terminal_wait(int first, int second, int milliseconds) {
  struct pollfd waited[2] = {{.fd = first, .events = POLLIN}, {.fd = second, .events = POLLIN}};
  if (poll(waited, 2, milliseconds) < 0) return errno == EINTR ? 0 : -1;
  return (waited[0].revents ? 1 : 0) | (waited[1].revents ? 2 : 0);
}
