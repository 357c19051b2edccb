import Facility
import Quantities
import Service

extension Catalog {
  /// A server that can be bought.
  package struct Server: CatalogItem {
    package let entry: CatalogEntry

    init(_ entry: CatalogEntry) { self.entry = entry }

    /// How many processor cores it has.
    package var cores: Int { Int(entry.number("cores")) }
    /// How fast a core is; the server of 2004 that page demands are given for is 1.
    package var speed: Double { entry.number("speed") }
    /// How many disks it has.
    package var disks: Int { Int(entry.number("disks")) }
    /// What it draws when it is busy, fans included.
    package var peak: Power { entry.power("peak") + entry.power("fans") }

    /// What serving pages needs to know of it.
    package var service: ServerModel { ServerModel(id: id, cores: cores, speed: speed) }

    /// What a room needs to know of it.
    package var spec: MachineSpec {
      let fans = entry.power("fans")
      return MachineSpec(
        id: id, units: Int(entry.number("height")), mass: Mass(kilograms: entry.number("mass")),
        power: .concave(idle: entry.power("idle"), peak: entry.power("peak")), fanPower: fans,
        airflow: AirFlow.flow(power: peak, rise: entry.difference("rise")),
        leastFlow: entry.number("fan-speed-min"), throttlesAt: entry.temperature("throttles"),
        tripsAt: entry.temperature("trips"))
    }

    /// The parts that can fail by themselves.
    ///
    /// `Chosen:` six fans, two modules of memory and one power supply a machine of one unit, as far as
    /// plain servers are alike.
    package var parts: [ComponentKind] {
      Array(repeating: .disk, count: disks) + Array(repeating: .fan, count: 6)
        + [.memory, .memory, .powerSupply, .board]
    }
  }

  /// A rack.
  package struct RackModel: CatalogItem {
    package let entry: CatalogEntry

    init(_ entry: CatalogEntry) { self.entry = entry }

    /// What a room needs to know of it.
    package func plan(name: String, feeds: [Int]) -> RackPlan {
      RackPlan(
        name: name, units: Int(entry.number("height")), powerLimit: entry.power("power-max"),
        massLimit: Mass(kilograms: entry.number("mass-max")), feeds: feeds)
    }
  }

  /// A cooling unit.
  package struct CoolingModel: CatalogItem {
    package let entry: CatalogEntry

    init(_ entry: CatalogEntry) { self.entry = entry }

    /// The heat that it can take out.
    package var capacity: Power { entry.power("capacity") }

    /// What a room needs to know of it.
    package func unit(feed: Int) -> CoolingUnit {
      let approach = entry.difference("approach")
      return CoolingUnit(
        capacity: capacity, setPoint: entry.temperature("set-point"),
        band: entry.difference("band"), supply: entry.temperature("supply"),
        fanPower: entry.power("fans"), leastFlow: entry.number("fan-speed-min"),
        rejection: entry.word("rejection") == "dry"
          ? .dry(approach: approach) : .evaporative(approach: approach),
        hasEconomizer: entry.word("economizer") == "yes", feed: feed)
    }
  }

  /// A UPS.
  package struct UPSModel: CatalogItem {
    package let entry: CatalogEntry

    init(_ entry: CatalogEntry) { self.entry = entry }

    /// What a room needs to know of it.
    ///
    /// `Chosen:` small ones stand in the room and heat it.
    package var ups: UPS {
      UPS(
        rating: entry.power("rating"),
        loss: entry.word("losses") == "modern" ? .modernUPS : .upsOfThe2000s,
        fullLoadRuntime: entry.span("runtime"), standsInRoom: entry.power("rating") < .kilowatts(50)
      )
    }
  }

  /// A generator.
  package struct GeneratorModel: CatalogItem {
    package let entry: CatalogEntry

    init(_ entry: CatalogEntry) { self.entry = entry }

    /// What a room needs to know of it.
    package var generator: Generator {
      Generator(
        rating: entry.power("rating"), startDelay: entry.span("start"),
        tank: Volume(cubicMeters: entry.number("tank")))
    }
  }

  /// A way from the meter to the racks.
  package struct FeedModel: CatalogItem {
    package let entry: CatalogEntry

    init(_ entry: CatalogEntry) { self.entry = entry }

    /// What it carries.
    package var rating: Power { entry.power("rating") }
  }

  /// A line to the world that can be rented.
  package struct Uplink: CatalogItem {
    package let entry: CatalogEntry

    init(_ entry: CatalogEntry) { self.entry = entry }

    /// What it carries, each way.
    package var rate: DataRate { DataRate(bytesPerSecond: entry.number("rate")) }
  }

  /// A place where a room can stand; its price is a kilowatt-hour's.
  package struct Site: CatalogItem {
    package let entry: CatalogEntry

    init(_ entry: CatalogEntry) { self.entry = entry }

    /// The rent of a square metre for a month.
    package var rent: Money { .dollars(entry.number("rent")) }
    /// The price of a square metre of land.
    package var land: Money { .dollars(entry.number("land")) }

    /// The region of a provider that hangs on the same grid.
    package var grid: String {
      switch entry.word("climate") {
      case "phoenix": "us-west-1"
      case "oceanic": "eu-west-1"
      default: "us-east-1"
      }
    }

    /// Its weather, with spells from a seed.
    package func climate(seed: UInt64) -> Climate {
      switch entry.word("climate") {
      case "phoenix": .phoenix(seed: seed)
      case "oceanic": .oceanic(seed: seed)
      default: .washington(seed: seed)
      }
    }
  }

  /// A kind of room; its price is a kilowatt's.
  package struct Building: CatalogItem {
    package let entry: CatalogEntry

    init(_ entry: CatalogEntry) { self.entry = entry }

    /// The most that its machines may draw.
    package var powerMax: Power { entry.power("power-max") }
    /// From the order to the keys, if nobody is late.
    package var lead: TimeSpan { entry.span("lead") }
  }

  /// A spare part.
  package struct Part: CatalogItem {
    package let entry: CatalogEntry

    init(_ entry: CatalogEntry) { self.entry = entry }

    /// What it replaces; nil for a part that no machine here has.
    package var component: ComponentKind? { ComponentKind(rawValue: entry.id) }
  }
}
