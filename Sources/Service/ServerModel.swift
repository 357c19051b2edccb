/// A kind of web server, as far as serving pages is concerned.
package struct ServerModel: Hashable, Sendable, Codable {
  /// Its name in the catalog.
  package var id: String
  /// How many cores it has.
  package var cores: Int
  /// The speed of a core; 1 is the core of 2004 on which a page takes 120 ms.
  package var speed: Double
  /// How many requests it works on at once; a request holds its worker until the page is made.
  package var workers: Int
  /// How many more may wait for a worker; beyond that it refuses.
  package var backlog: Int

  /// A kind of server.
  ///
  /// - Source: 150 workers is `MaxClients` of the configuration file shipped with Apache HTTP Server
  ///   2.0, 511 the default of its `ListenBacklog`.
  /// - Precondition: cores, speed and workers are positive, and the backlog is not negative.
  package init(id: String, cores: Int, speed: Double, workers: Int = 150, backlog: Int = 511) {
    precondition(
      cores > 0 && speed > 0 && speed.isFinite && workers > 0 && backlog >= 0,
      "a server of \(cores) cores, speed \(speed), \(workers) workers, backlog \(backlog)")
    self.id = id
    self.cores = cores
    self.speed = speed
    self.workers = workers
    self.backlog = backlog
  }
}
