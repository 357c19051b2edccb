#include "CTerminal.h"

#include <stdlib.h>
#include <string.h>

EditLine *terminal_editor_open(const char *program) {
  return el_init(program, stdin, stdout, stderr);
}

int terminal_set_client(EditLine *editor, void *client) {
  return el_set(editor, EL_CLIENTDATA, client);
}

void *terminal_client(EditLine *editor) {
  void *client = NULL;
  el_get(editor, EL_CLIENTDATA, &client);
  return client;
}

int terminal_set_prompt(EditLine *editor, terminal_prompt_function prompt, char escape) {
  return el_set(editor, EL_PROMPT_ESC, prompt, escape);
}

int terminal_set_key_reader(EditLine *editor, terminal_key_function reader) {
  return el_set(editor, EL_GETCFN, reader);
}

int terminal_set_history(EditLine *editor, History *events) {
  return el_set(editor, EL_HIST, history, events);
}

int terminal_use_emacs_keys(EditLine *editor) { return el_set(editor, EL_EDITOR, "emacs"); }

int terminal_add_function(
    EditLine *editor, const char *name, const char *help, terminal_edit_function function) {
  return el_set(editor, EL_ADDFN, name, help, function);
}

int terminal_bind(EditLine *editor, const char *key, const char *command) {
  // Into the map in use, and into the one of vi's command mode.
  int status = el_set(editor, EL_BIND, key, command, NULL);
  return el_set(editor, EL_BIND, "-a", key, command, NULL) | status;
}

int terminal_refresh(EditLine *editor) { return el_set(editor, EL_REFRESH); }

int terminal_prepare(EditLine *editor, bool on) {
  return el_set(editor, EL_PREP_TERM, on ? 1 : 0);
}

int terminal_read_control_keys(EditLine *editor) {
  return el_set(editor, EL_SETTY, "-d", "-isig", NULL);
}

int terminal_history_set_size(History *events, int size) {
  HistEvent event;
  return history(events, &event, H_SETSIZE, size);
}

int terminal_history_enter(History *events, const char *line) {
  HistEvent event;
  return history(events, &event, H_ENTER, line);
}

void terminal_history_forget(History *events, const char *line) {
  HistEvent event = {0};
  int status = history(events, &event, H_FIRST);
  while (status >= 0 && strcmp(event.str, line) != 0) status = history(events, &event, H_NEXT);
  if (status < 0) return;
  HistEvent deleted = {0};
  // libedit hands over a copy of what it deleted.
  if (history(events, &deleted, H_DEL, event.num) == 0) free((void *)deleted.str);
}
