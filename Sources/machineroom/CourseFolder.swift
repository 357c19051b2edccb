import CommandLanguage
import Commands
import Glibc
import Lessons

/// The folder of a course: its lessons, their order, their scenes.
struct CourseFolder: CourseFiles {
  /// The folder's path.
  let path: String

  func read(_ path: String) throws(HostError) -> [UInt8] {
    try FileHost.readAnyway(name(path), limit: ReadCommand.scriptLengthMax)
  }

  func name(_ path: String) -> String { self.path + "/" + path }

  /// The ids of the lessons, in the order of the course.
  func lessonIDs() throws(Diagnostic) -> [String] {
    let source = try source("course.yaml")
    let (course, diagnostics) = Course.parse(source)
    if let first = diagnostics.first(where: { $0.severity == .error }) { throw first }
    return course.lessons
  }

  /// A lesson's file.
  func source(ofLesson id: String) throws(Diagnostic) -> Source {
    let ids = try lessonIDs()
    guard ids.contains(id) else {
      throw Diagnostic(
        "unknown-lesson", "There is no lesson '\(id)'.",
        help: [NearMiss.question(for: id, among: ids), "Lessons: \(ids.joined(separator: ", "))."]
          .compactMap { $0 }.joined(separator: " "))
    }
    return try source(id + ".md")
  }

  /// What the lessons say, a text for each.
  func texts() throws(Diagnostic) -> [String] {
    var texts: [String] = []
    for id in try lessonIDs() {
      texts.append(LessonParser.parse(try source(ofLesson: id)).lesson.words)
    }
    return texts
  }

  private func source(_ path: String) throws(Diagnostic) -> Source {
    do {
      return Source(name: name(path), bytes: try read(path))
    } catch {
      throw error.diagnostic(name(path))
    }
  }
}

extension CourseFolder {
  /// The course that the program finds, from any working directory: the one that
  /// `MACHINEROOM_COURSE` names, the one installed beside the program (`PREFIX/share`), or the one of
  /// the project that the program was built in.
  static func find(_ environment: [String: String]) throws(Diagnostic) -> CourseFolder {
    var candidates: [String] = []
    if let named = environment["MACHINEROOM_COURSE"], !named.isEmpty { candidates.append(named) }
    if let program = programPath() {
      var folder = parent(of: program)
      candidates.append(parent(of: folder) + "/share/machineroom/lessons")
      for _ in 0..<5 {
        candidates.append(folder + "/lessons")
        folder = parent(of: folder)
      }
    }
    for candidate in candidates where access(candidate + "/course.yaml", R_OK) == 0 {
      return CourseFolder(path: candidate)
    }
    throw Diagnostic(
      "no-course", "The course was not found.",
      help: "Set MACHINEROOM_COURSE to the folder that holds course.yaml. Looked in: "
        + candidates.joined(separator: ", ") + ".")
  }

  /// The path of the running program.
  static func programPath() -> String? {
    var buffer = [CChar](repeating: 0, count: 4_096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard count > 0 else { return nil }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func parent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}
