import Catalogs
import Cloud
import Quantities
import Service

/// What is rented of a provider, and what was billed for it.
package struct CloudAccount: Codable, Sendable {
  /// The provider, by its name in the catalog.
  package let provider: String
  /// All that was used.
  ///
  /// Egress is that of the month that is under way.
  package internal(set) var usage = CloudUsage()
  /// The bills of months that are over.
  package internal(set) var bills: [CloudBill] = []
  /// How many machines there are, by itself.
  package internal(set) var scaling: Scaling?
  /// What rented servers had sent when the month began, bytes.
  var sentBefore = 0.0

  /// A rule with the size that it starts.
  package struct Scaling: Codable, Sendable {
    /// The rule.
    package var rule: TargetTracking
    /// The size of machine, by its name.
    package var size: String
    /// What the cores of each machine had worked at the last look, by the machine's number.
    var worked: [Int: TimeSpan] = [:]
    /// When that was.
    var looked: Moment
  }

  init(provider: String) { self.provider = provider }
}

/// The bill of a month that is over.
package struct CloudBill: Hashable, Codable, Sendable {
  /// The month's first moment.
  package var month: Moment
  /// What was paid.
  package var total: Money
}

/// Which rented instance a machine is.
package struct Rental: Hashable, Codable, Sendable {
  /// The provider, by its name in the catalog.
  package var provider: String
  /// Its place among the runs of the account.
  package var run: Int
}

/// Why a provider does not do what is asked.
package enum CloudProblem: Error, Hashable, Sendable {
  /// The size cannot be rented yet, or not any more.
  case notForRent(String)
  /// There are so many already that the provider starts no more.
  case quota(Int)
  /// There are not so many.
  case tooFew(String, present: Int)
  /// Nothing is rented.
  case noAccount
  /// The offer does not exist now.
  case notOffered(String)
}
