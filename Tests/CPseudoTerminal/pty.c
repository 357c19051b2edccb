#define _GNU_SOURCE
#include "CPseudoTerminal.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

int pseudo_terminal_start(
    char *const arguments[], char *const environment[], int rows, int columns, int *descriptor) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  pid_t process = forkpty(descriptor, NULL, NULL, &size);
  if (process == 0) {
    // The tests' own threads may have blocked signals, and a mask survives exec.
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    // Nothing of the other tests that run beside this one is held open by this program.
    close_range(3, ~0U, 0);
    execve(arguments[0], arguments, environment);
    _exit(127);
  }
  return process;
}

int pseudo_terminal_resize(int descriptor, int rows, int columns) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  return ioctl(descriptor, TIOCSWINSZ, &size);
}

int pseudo_terminal_wait(int descriptor, int milliseconds) {
  struct pollfd waited = {.fd = descriptor, .events = POLLIN};
  return poll(&waited, 1, milliseconds) > 0;
}

int pseudo_terminal_ended(int process, int *status) {
  int raw = 0;
  if (waitpid(process, &raw, WNOHANG) != process) return 0;
  *status = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
  return 1;
}
