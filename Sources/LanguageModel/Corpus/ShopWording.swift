/// How visitors word what they want: patterns of `Pattern`'s grammar.
struct ShopWording {
  /// Questions, without their mark: "how long does delivery take".
  let clauses: [String]
  /// The same as something to ask about: "the delivery time".
  let topics: [String]

  /// The wording of an intent.
  ///
  /// All clauses and topics of an intent have the same slot, or none.
  static func of(_ intent: ShopIntent) -> ShopWording {
    switch intent {
    case .sizeHelp, .fabricKind, .colour, .care: ofQuilt(intent)
    case .custom, .gift, .repair: ofWork(intent)
    case .priceSize, .priceDiscount, .payment, .hours, .thanks: ofShop(intent)
    case .shippingTime, .shippingCost, .shippingAbroad: ofShipping(intent)
    default: ofOrder(intent)
    }
  }

  private static let quilt = "[quilt|blanket|bedspread|coverlet|patchwork]"
  private static let quilts = "[quilts|blankets|bedspreads|coverlets|patchworks]"
  private static let parcel = "[order|parcel|package|purchase]"

  private static func ofQuilt(_ intent: ShopIntent) -> ShopWording {
    switch intent {
    case .sizeHelp:
      ShopWording(
        clauses: [
          "which [size|format|cut] do I [need|take|want] for a {size} [bed|mattress|frame]",
          "how [big|large|wide] [should|must|ought] the \(quilt) [to be|be] for a {size}",
          "what \(quilt) [fits|covers|suits] [a|my|our] {size} [bed|mattress|frame]",
          "will [this|that|the] \(quilt) fit [a|my|our] {size} [bed|mattress|frame]",
        ],
        topics: [
          "the [right|best|proper] [size|format|measure] for a {size} [bed|mattress|frame]",
          "[measures|inches|dimensions] for [a|my|our] {size} [bed|mattress|frame]",
        ])
    case .fabricKind:
      ShopWording(
        clauses: [
          "what [are|do you make] \(quilts) [made of|out of|from]",
          "which [fabric|cloth|material|stuff] do you [use|sew with|take] for [your|these|the] \(quilts)",
          "is [this|that|the] \(quilt) [cotton|linen|polyester|wool] [or something else|inside|throughout]",
          "what is [inside|in|within] [your|this|that] \(quilt)",
        ],
        topics: [
          "the [fabric|cloth|material] [of|in] [your|these|the] \(quilts)",
          "what [your|these|the] \(quilts) [consist of|are made of|have inside]",
        ])
    case .colour:
      ShopWording(
        clauses: [
          "do you [have|sell|offer] [this|that|the] \(quilt) in {colour}",
          "is [this|that|the] \(quilt) [also|ever|still] [made|sold|available] in {colour}",
          "can I [get|have|see] a {colour} \(quilt)",
          "are there [any|some] {colour} \(quilts)",
        ],
        topics: [
          "[a|your|the] \(quilt) in {colour}",
          "[having|getting|seeing] it in {colour}",
          "{colour} [versions|shades|patterns]",
        ])
    default:
      ShopWording(
        clauses: [
          "how [do|should|can] I [wash|clean|launder] [my|this|the] \(quilt)",
          "can [my|this|the] \(quilt) go [in|into] the [washer|dryer|washing machine]",
          "what [soap|water|heat] [is good|is safe|works] for [my|this|the] \(quilt)",
          "may I [iron|bleach|tumble dry] [my|this|the] \(quilt)",
        ],
        topics: [
          "[washing|cleaning|laundering|drying] [my|this|the] \(quilt)",
          "how to [wash|clean|care for] [it|wool|a quilt]",
        ])
    }
  }

  private static func ofWork(_ intent: ShopIntent) -> ShopWording {
    switch intent {
    case .custom:
      ShopWording(
        clauses: [
          "can you [make|sew|design] a \(quilt) [after|from|to] my [own|daughter's|mother's] [drawing|pattern|idea]",
          "do you [make|sew|take] [custom|special|bespoke] [work|pieces|designs]",
          "could I have [our initials|a name|a picture] [sewn|stitched|worked] [onto|into|on] a \(quilt)",
          "would you [make|sew|design] [one|something] [just for me|of my own|nobody else has]",
        ],
        topics: [
          "[custom|special|bespoke] [work|pieces|designs]",
          "a \(quilt) [after|from|to] my [own|daughter's|mother's] [drawing|pattern|idea]",
        ])
    case .gift:
      ShopWording(
        clauses: [
          "can you [wrap|pack|box] [it|this|the quilt] as a [gift|present|surprise]",
          "it is [for a wedding|for a birthday|a surprise], can you [wrap|pack] it [nicely|up|well]",
          "do you [add|enclose|write] a [card|note|greeting] [for a friend|for my aunt|to it]",
          "is there [gift|festive|pretty] [wrapping|paper] [for|around] [it|a quilt]",
        ],
        topics: [
          "[gift|festive|pretty] [wrapping|paper|packing]",
          "a [card|note|greeting] [with|for] [a present|the gift|my aunt]",
        ])
    default:
      ShopWording(
        clauses: [
          "a [seam|stitch|corner|patch] [has come|came|is] [open|loose|undone], can you [mend|fix|repair] it",
          "do you [mend|fix|repair|restore] [old|torn|worn|damaged] \(quilts)",
          "my \(quilt) [is torn|has a hole|is falling apart], what [now|can be done|do I do]",
          "who [mends|fixes|repairs] a [torn|ripped|damaged] [seam|corner|patch]",
        ],
        topics: [
          "[mending|fixing|repairing] [a|my|the] [torn|ripped|damaged] [seam|corner|patch]",
          "a [hole|rip|tear] in [a|my|the] \(quilt)",
        ])
    }
  }

  private static func ofShop(_ intent: ShopIntent) -> ShopWording {
    switch intent {
    case .priceSize:
      ShopWording(
        clauses: [
          "how much [is|for|would be] [a|your|the] {size} \(quilt)",
          "what does [a|your|the] {size} \(quilt) [cost|come to|sell for]",
          "what do you [charge|ask|want] for [a|one|the] {size} \(quilt)",
          "is a {size} \(quilt) [expensive|dear|cheap]",
        ],
        topics: [
          "the [price|cost|tag] of [a|your|the] {size} \(quilt)",
          "what [a|your|the] {size} \(quilt) [costs|comes to|sells for]",
        ])
    case .priceDiscount:
      ShopWording(
        clauses: [
          "is there a [sale|discount|rebate|special offer] [now|soon|this month|at the moment]",
          "do I [get|save|pay less] [something|anything] [for two|if I take several|on a set]",
          "when [is|starts|comes] [your|the] [next|winter|big] [sale|clearance]",
          "do you have [coupons|a promo code|reduced quilts] [for new customers|for me|now]",
        ],
        topics: [
          "[a|your|the] [sale|discount|rebate|special offer]",
          "[coupons|promo codes|lower prices] [for new customers|for a set|for two]",
        ])
    case .payment:
      ShopWording(
        clauses: [
          "how [can|do|may] I pay [here|you|online|for it]",
          "do you [take|accept|like] [cards|cash|checks|vouchers|a bank transfer]",
          "can I [pay|settle|buy] [by card|in cash|by transfer|with a voucher]",
          "which [cards|ways to pay|kinds of money] do you [take|accept|allow]",
        ],
        topics: [
          "[paying|payment|settling] [by card|in cash|by transfer|with a voucher]",
          "the [ways|means] [to pay|of payment] [here|you take|online]",
        ])
    case .hours:
      ShopWording(
        clauses: [
          "when [are you|is the shop|is your store] open [on|this|next] {day}",
          "[until when|from when] [are you|is the shop|is your store] open on {day}",
          "can I [come by|visit|drop in] [on|this|next] {day}",
          "what are [your|the shop's|the store's] hours [on|for|this] {day}",
        ],
        topics: [
          "[your|the shop's|the store's] hours [on|for|this] {day}",
          "[visiting|coming by|dropping in] [on|this|next] {day}",
        ])
    default:
      ShopWording(
        clauses: [
          "thank you [so much|very much|kindly|a lot], [you helped|that was kind|that is all] [me|today|indeed].",
          "[great|wonderful|lovely|perfect], [many thanks|thanks a lot|thank you] for [the help|your time|everything].",
          "that [was|is] [all|very helpful|so kind], [many thanks|thanks a lot|thank you] [and goodbye|and bye|indeed].",
        ], topics: [])
    }
  }

  private static func ofShipping(_ intent: ShopIntent) -> ShopWording {
    switch intent {
    case .shippingTime:
      ShopWording(
        clauses: [
          "how [long|many days] [does|will] [delivery|shipping|the post] [take|need] to {place}",
          "when [does|will|can] [my|our|the] \(parcel) [arrive|be|land] in {place}",
          "how [fast|soon|quickly] [can you|do you|will you] [ship|deliver|send] to {place}",
          "do you [ship|deliver|send] [fast|in a week|overnight] to {place}",
        ],
        topics: [
          "the [time|days|wait] for [delivery|shipping|a parcel] to {place}",
          "how [fast|soon|quickly] [my|our|the] \(parcel) [gets|comes] to {place}",
        ])
    case .shippingCost:
      ShopWording(
        clauses: [
          "how much [is|do you ask for|comes on top for] [delivery|shipping|postage]",
          "what does [delivery|shipping|postage] [cost|come to|add]",
          "is [delivery|shipping|postage] [free|included|extra] [here|with you|for one quilt]",
          "do I [pay|get charged] [for|extra for] [delivery|shipping|postage]",
        ],
        topics: [
          "the [price|cost|fee] of [delivery|shipping|postage]",
          "what [delivery|shipping|postage] [costs|comes to|adds]",
        ])
    default:
      ShopWording(
        clauses: [
          "do you [ship|deliver|send] [anything|quilts|orders] [abroad|overseas|all the way] to {country}",
          "can [my|our|the] \(parcel) [go|be sent|be shipped] to {country}",
          "I live in {country}, [can I|may I|how do I] [buy|order] [here|from you|a quilt]",
          "is {country} [too far|possible|somewhere you send] [for you|for a parcel|at all]",
        ],
        topics: [
          "[shipping|sending|mailing] [abroad|overseas|something] to {country}",
          "[my|our|the] \(parcel) [going|sent|shipped] to {country}",
        ])
    }
  }

  private static func ofOrder(_ intent: ShopIntent) -> ShopWording {
    switch intent {
    case .orderStatus:
      ShopWording(
        clauses: [
          "where is [my|our|the] \(parcel) [now|today|at the moment]",
          "has [my|our|the] \(parcel) [left|been sent|gone out] [yet|already|by now]",
          "how [far|ready] is [my|our|the] \(parcel) [now|today|by now]",
          "I [still|have] [wait|been waiting] for [my|our|the] \(parcel), [what is up|any news|where is it]",
        ],
        topics: [
          "[news|the status|the state|the whereabouts] of [my|our|the] \(parcel)",
          "where [my|our|the] \(parcel) is [now|today|at the moment]",
        ])
    case .orderChange:
      ShopWording(
        clauses: [
          "can I [still|please|now] [change|correct|edit|update] the {change} [of|in|on] [my|our|the] \(parcel)",
          "I [typed|gave|chose] the wrong {change}, can you [change|correct|edit|update] [it|that|my parcel]",
          "the {change} [of|in|on] [my|our|the] \(parcel) [is wrong|must be different|has to change]",
          "could [my|our|the] \(parcel) [get|have] [another|a different|a new] {change}",
        ],
        topics: [
          "[changing|correcting|editing|updating] the {change} [of|in|on] [my|our|the] \(parcel)",
          "[another|a different|a new] {change} for [my|our|the] \(parcel)",
        ])
    case .orderCancel:
      ShopWording(
        clauses: [
          "can I [still|please|just] [cancel|call off|revoke|drop] [my|our|the] \(parcel)",
          "how do I [cancel|call off|revoke|drop] [my|our|the] \(parcel) [today|before it leaves|again]",
          "I do not [want|need] [my|our|the] \(parcel) [any more|any longer|after all], [please stop|stop|cancel] it",
          "please [stop|cancel|drop] [my|our|the] \(parcel) [today|before it leaves|at once]",
        ],
        topics: [
          "[cancelling|calling off|revoking|dropping] [my|our|the] \(parcel)",
          "[a|my|our] cancellation [of|for] [my|our|the] \(parcel)",
        ])
    default:
      ShopWording(
        clauses: [
          "can I [return|send back|give back] [my|this|the] \(quilt) [if I dislike it|when it does not fit|later]",
          "how do I [return|send back|give back] [my|this|the] \(quilt) [for a refund|to you|again]",
          "the \(quilt) [does not fit|is not for us|looks wrong], [may|can|how do] I [return|send back] it",
          "what if [I do not like|we do not like|she does not like] [my|this|the] \(quilt)",
        ],
        topics: [
          "[returning|sending back|giving back] [my|this|the] \(quilt)",
          "[a|my|your] [refund|return label|return policy] [for|on] [my|this|the] \(quilt)",
        ])
    }
  }
}
