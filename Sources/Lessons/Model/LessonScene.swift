import Catalogs
import CommandLanguage
import Commands

/// Where a lesson begins: what can be bought there, and what has happened already.
package struct LessonScene: Sendable {
  /// What can be bought.
  package var catalog: Catalog
  /// The statements that come before the first step; nil if there are none.
  package var script: Source?

  /// A scene as given; an empty world with the program's own catalog if nothing is.
  package init(script: Source? = nil, catalog: Catalog = .standard) {
    self.script = script
    self.catalog = catalog
  }
}

/// Where a course's files come from; reading them is the caller's business.
package protocol CourseFiles {
  /// The bytes of a file by its path relative to the course's folder.
  func read(_ path: String) throws(HostError) -> [UInt8]
  /// The path as people know it, for diagnostics.
  func name(_ path: String) -> String
}

extension CourseFiles {
  package func name(_ path: String) -> String { path }
}

extension Lesson {
  /// The lesson's scene: the files of the front matter's `catalog` and `start`.
  /// - Throws: what is wrong with the catalogs, and which file cannot be read, at its place in the
  ///   front matter.
  package func scene(from files: any CourseFiles) throws(Diagnostics) -> LessonScene {
    var scene = LessonScene()
    var diagnostics: [Diagnostic] = []
    for name in frontMatter.catalogs {
      do throws(Diagnostics) {
        try scene.catalog.add(try read(name, from: files), name: name.text)
      } catch {
        diagnostics += error.list
      }
    }
    if let start = frontMatter.start {
      do throws(Diagnostics) {
        scene.script = try read(start, from: files)
      } catch {
        diagnostics += error.list
      }
    }
    guard diagnostics.isEmpty else { throw Diagnostics(diagnostics) }
    return scene
  }

  private func read(_ path: Name, from files: any CourseFiles) throws(Diagnostics) -> Source {
    do throws(HostError) {
      return Source(name: files.name(path.text), bytes: try files.read(path.text))
    } catch {
      let reason: String =
        switch error {
        case .failed(let reason): reason
        case .tooLarge: "it is too large"
        case .notAllowed: "files are not allowed here"
        }
      throw Diagnostics([
        Diagnostic(
          "no-scene", "'\(path.text)' cannot be read: \(reason).", at: source.span(path.range),
          help: "The path is relative to the course's folder.")
      ])
    }
  }
}
