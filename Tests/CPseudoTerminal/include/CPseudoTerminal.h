// Starts a program on a pseudo-terminal, for tests.
#ifndef CPSEUDOTERMINAL_H
#define CPSEUDOTERMINAL_H

// The process, or -1. `environment` ends in NULL, and so does `arguments`.
int pseudo_terminal_start(
    char *const arguments[], char *const environment[], int rows, int columns, int *descriptor);
int pseudo_terminal_resize(int descriptor, int rows, int columns);
// Whether bytes can be read within so many milliseconds.
int pseudo_terminal_wait(int descriptor, int milliseconds);
// Whether the process has ended; its exit status, or 128 and its signal, is put into `status`.
int pseudo_terminal_ended(int process, int *status);

#endif
