// What Swift cannot say itself: libedit's variadic functions, signal handlers, ioctl, stdin and
// stdout as FILE pointers. Nothing here decides anything.
#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <histedit.h>
#include <stdbool.h>
#include <stdio.h>
#include <wchar.h>

// The editor. Each function returns what el_set returns.
typedef char *(*terminal_prompt_function)(EditLine *);
typedef int (*terminal_key_function)(EditLine *, wchar_t *);
typedef unsigned char (*terminal_edit_function)(EditLine *, int);

EditLine *terminal_editor_open(const char *program);
int terminal_set_client(EditLine *editor, void *client);
void *terminal_client(EditLine *editor);
int terminal_set_prompt(EditLine *editor, terminal_prompt_function prompt, char escape);
int terminal_set_key_reader(EditLine *editor, terminal_key_function reader);
int terminal_set_history(EditLine *editor, History *history);
int terminal_use_emacs_keys(EditLine *editor);
int terminal_add_function(
    EditLine *editor, const char *name, const char *help, terminal_edit_function function);
int terminal_bind(EditLine *editor, const char *key, const char *command);
int terminal_refresh(EditLine *editor);
int terminal_prepare(EditLine *editor, bool on);
// Makes the keys of terminal_control_key bytes like others while a line is read.
int terminal_read_control_keys(EditLine *editor);

// The history. Forgetting a line walks from the newest to it.
int terminal_history_set_size(History *history, int size);
int terminal_history_enter(History *history, const char *line);
void terminal_history_forget(History *history, const char *line);

// Signals. The handlers count SIGINT and write the signal's number to a pipe.
typedef enum { terminal_interrupt_notes, terminal_interrupt_leaves } terminal_interrupt_mode;
int terminal_install_signals(terminal_interrupt_mode mode);
int terminal_signal_pipe(void);
int terminal_interrupt_count(void);
void terminal_clear_interrupts(void);

// Waits until one of two descriptors can be read: bit 0 for the first, bit 1 for the second, -1 for
// an error. A negative descriptor is left out; a timeout below zero waits for ever.
int terminal_wait(int first, int second, int milliseconds);

// The terminal and the process.
int terminal_columns(int descriptor);
// The byte that the terminal takes for a signal: VINTR, VQUIT or VSUSP; 0 if it has none.
int terminal_control_key(int descriptor, int which);
bool terminal_use_unicode(void);
void terminal_put(const char *text);
int terminal_error(void);
void terminal_set_error(int error);
char **terminal_environment(void);

#endif
