import Quantities
import Randomness
import SimulationKernel

@testable import Queueing

/// Processor sharing as one would first write it, the oracle for the one with virtual time.
///
/// At every change the work that is left of each customer is reduced: O(n) a change, in seconds.
struct NaiveSharing {
  struct Present {
    let arrival: Double
    let work: Double
    var left: Double
    let deadline: Double
  }

  var responses: [Double] = []
  var lost = 0
  var busyTime = 0.0
  var end = 0.0

  init(_ parameters: QueueParameters, service: some Distribution) {
    let stream = CustomerStream(parameters, service: service)
    let servers = Double(parameters.servers)
    var present: [Present] = []
    var now = 0.0
    var next = 0
    var nextArrival = stream.interArrivalTime(of: 0).seconds
    while next < stream.count || !present.isEmpty {
      let speed = min(1, servers / Double(max(present.count, 1)))
      let doneAt = present.map { now + $0.left / speed }.min() ?? .infinity
      let givenUpAt = present.map(\.deadline).min() ?? .infinity
      let then = min(doneAt, givenUpAt, nextArrival)
      for index in present.indices { present[index].left -= (then - now) * speed }
      busyTime += (then - now) * min(Double(present.count), servers)
      now = then
      if then == nextArrival {
        if present.count < parameters.capacity ?? .max {
          let work = stream.serviceTime(of: next).seconds
          let patience = stream.patience(of: next)?.seconds ?? .infinity
          present.append(Present(arrival: now, work: work, left: work, deadline: now + patience))
        } else {
          lost += 1
        }
        next += 1
        nextArrival =
          next < stream.count ? now + stream.interArrivalTime(of: next).seconds : .infinity
      } else if then == doneAt {
        let index = present.indices.min { present[$0].left < present[$1].left } ?? 0
        responses.append(now - present.remove(at: index).arrival)
      } else {
        let index = present.indices.min { present[$0].deadline < present[$1].deadline } ?? 0
        present.remove(at: index)
        lost += 1
      }
    }
    end = now
  }
}
