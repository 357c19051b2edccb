import Foundation
import Lessons

/// How far each lesson has come, kept from session to session: one JSON file a lesson, replaced as a
/// whole, so that a power cut leaves the old one or the new one.
///
/// Progress is a convenience: where it cannot be kept, the lesson goes on without it.
struct ProgressStore {
  private let folder: String?

  /// A store by the XDG rules, or one that keeps nothing.
  init(_ environment: [String: String], isSafe: Bool) {
    folder = isSafe ? nil : StateFolder.path(environment).map { $0 + "/lessons" }
  }

  /// The progress of a lesson, or nil if none is kept or it cannot be read.
  func progress(of id: String) -> LessonProgress? {
    guard let data = file(id + ".json").flatMap(FileManager.default.contents(atPath:)) else {
      return nil
    }
    do {
      return try JSONDecoder().decode(LessonProgress.self, from: data)
    } catch {
      // Written by another version: the lesson begins anew.
      return nil
    }
  }

  /// The lesson that was played last, if it is not over.
  var lastLesson: String? {
    guard let data = file("last").flatMap(FileManager.default.contents(atPath:)) else { return nil }
    let id = String(decoding: data, as: UTF8.self)
    return progress(of: id).flatMap { $0.isOver ? nil : id }
  }

  /// Keeps how far a lesson has come.
  func save(_ progress: LessonProgress) {
    guard let folder, let path = file(progress.lesson + ".json"), let last = file("last") else {
      return
    }
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      try JSONEncoder().encode(progress).write(to: URL(filePath: path), options: .atomic)
      try Data(progress.lesson.utf8).write(to: URL(filePath: last), options: .atomic)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    } catch {
      FileHost.writeError("Progress is not kept: \(error.localizedDescription)\n")
    }
  }

  private func file(_ name: String) -> String? { folder.map { $0 + "/" + name } }
}
