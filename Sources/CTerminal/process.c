#include "CTerminal.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

extern char **environ;

int terminal_columns(int descriptor) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) < 0) return 0;
  return size.ws_col;
}

int terminal_control_key(int descriptor, int which) {
  struct termios modes;
  if (tcgetattr(descriptor, &modes) < 0) return 0;
  return modes.c_cc[which];
}

bool terminal_use_unicode(void) {
  setlocale(LC_CTYPE, "");
  // libedit 3.1 crashes on a prompt that the locale cannot hold.
  if (MB_CUR_MAX < 4) setlocale(LC_CTYPE, "C.UTF-8");
  return MB_CUR_MAX >= 4;
}

void terminal_put(const char *text) {
  fputs(text, stdout);
  fflush(stdout);
}

int terminal_error(void) { return errno; }
void terminal_set_error(int error) { errno = error; }
char **terminal_environment(void) { return environ; }
