import Rendering
import Terminal

// A prompt that says what it read. The first argument is the history's path, if not empty; a second
// switches hints on. `spin` stands for a long command that asks for Ctrl-C at its checkpoints,
// `stuck` for one that never asks, `script` for a script that Ctrl-C ends.
var settings = LineEditor.Settings()
settings.marksRegions = true
settings.historyPath = CommandLine.arguments.dropFirst().first.flatMap { $0.isEmpty ? nil : $0 }
settings.showsHints = CommandLine.arguments.count > 2
settings.style = TextStyle(usesColor: settings.showsHints)
settings.hint = { $0 == "ru" ? Hint(completion: "n", remark: " [SPAN]") : nil }
settings.isIncomplete = { $0.hasSuffix("\\") }
settings.completions = { line in
  let verbs = ["run", "show network", "show shop", "buy"]
  return verbs.filter { $0.hasPrefix(line) }.map { Completion($0, "the verb \($0)") }
}
try Interrupts.install(.note)
let editor = try LineEditor(program: "probe", settings: settings)
var isOpen = true
while isOpen {
  switch editor.readLine(prompt: "› ") {
  case .line("spin"):
    print("<spinning after \(Interrupts.pressCount)>")
    while !Interrupts.isRequested {}
    print("<stopped after \(Interrupts.pressCount)>")
  case .line("stuck"):
    print("<stuck>")
    while true {}
  case .line("script"):
    try Interrupts.install(.leave)
    print("<running>")
    while true {}
  case .line(let line): print("<line \(line.debugDescription)>")
  case .interrupted: print("<interrupted>")
  case .endOfFile:
    print("<end>")
    isOpen = false
  }
}
