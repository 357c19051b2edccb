import Catalogs
import Cloud
import Facility
import Quantities

// From the catalog to what feeds and cools the zones of a cloud.
extension Catalog {
  /// What an operator builds for a zone that draws so much: a machine room up to what one takes, else a
  /// hall, with the best that is sold.
  func plant(
    forZoneOf power: Power, at moment: Moment, site: Site, seed: UInt64, setPoint: Temperature?
  ) -> ZonePlant {
    let climate = site.climate(seed: seed)
    let room = buildings.first { $0.id == "room" }
    guard power > (room?.powerMax ?? .zero),
      let chiller = sold(cooling, at: moment).last(where: { $0.capacity > Catalog.unitMax }),
      let generator = sold(generators, at: moment).last?.generator
    else {
      return ZonePlant(
        .room(ups: ups(at: moment), unit: unit(at: moment)), climate: climate, setPoint: setPoint)
    }
    return ZonePlant(
      .hall(
        HallPlant(ups: ups(at: moment), generator: generator, chiller: chiller.unit(feed: 0))),
      climate: climate, setPoint: setPoint)
  }

  /// A company's own room as most were: units whose compressors never rest.
  func companyRoom(at moment: Moment, site: Site, seed: UInt64) -> ZonePlant {
    let plain = sold(cooling, at: moment).filter {
      $0.capacity <= Catalog.unitMax && !$0.unit(feed: 0).hasEconomizer
    }
    return ZonePlant(
      .room(ups: ups(at: moment), unit: plain.last?.unit(feed: 0) ?? unit(at: moment)),
      climate: site.climate(seed: seed))
  }

  /// The largest unit that stands in the room that it cools.
  ///
  /// `Chosen:` between the 30 kW and the 500 kW of the units in the catalog.
  private static let unitMax = Power.kilowatts(100)

  private func sold<Item: CatalogItem>(_ items: [Item], at moment: Moment) -> [Item] {
    let now = items.filter { $0.entry.isSold(at: moment) }
    return now.isEmpty ? items : now
  }

  private func ups(at moment: Moment) -> UPS {
    guard let ups = sold(upses, at: moment).last?.ups else {
      preconditionFailure("a catalog without a UPS")
    }
    return ups
  }

  private func unit(at moment: Moment) -> CoolingUnit {
    let units = sold(cooling, at: moment).filter { $0.capacity <= Catalog.unitMax }
    guard let unit = units.last?.unit(feed: 0) else {
      preconditionFailure("a catalog without a cooling unit")
    }
    return unit
  }
}
