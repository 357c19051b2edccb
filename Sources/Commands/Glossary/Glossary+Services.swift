extension Glossary {
  static let machineTerms = [
    Term(
      "compute-rate",
      "How many operations a processor does in a second. What it reaches depends on the work: the "
        + "data sheet's number is the most that any work could reach.",
      aliases: ["FLOPS"], shownBy: ["probe"]),
    Term(
      "memory-hierarchy",
      "The layers between a processor and its data, from a small fast cache to a large slow disk. "
        + "Each is some ten times larger and slower than the one above, so where data lies decides how "
        + "fast work is.",
      aliases: ["cache"], shownBy: ["probe"]),
    Term(
      "storage-keeps",
      "Memory forgets when the power goes; storage keeps. A write is safe only when the disk says so, "
        + "and that takes a thousand times as long as a write to memory.",
      aliases: ["storage", "durability", "fsync"], shownBy: ["probe"]),
    Term(
      "bandwidth-and-latency",
      "Bandwidth is how much goes through in a second; latency is how long the first of it takes. A "
        + "wider line does not make the way shorter.",
      aliases: ["bandwidth", "latency"], shownBy: ["probe", "uplink.utilization"]),
    Term(
      "share-of-peak",
      "The part of a chip's greatest compute rate that a piece of work reaches. For training it is "
        + "called model FLOPs utilization.",
      aliases: ["MFU"], shownBy: ["multiply", "train.share-of-peak"]),
    Term(
      "roofline",
      "The most that work can reach on a machine: limited by the memory's bandwidth while it does few "
        + "operations on each byte, and by the compute rate beyond.",
      shownBy: ["probe.ridge-point", "reply.ridge-point"]),
  ]

  static let serviceTerms = [
    Term(
      "request",
      "One thing that a client asks a server for, such as a page; the answer is the response.",
      aliases: ["response"], shownBy: ["run.requests", "shop.response.p50"]),
    Term(
      "utilization",
      "The share of time in which a machine is at work. Waiting grows slowly up to some 80 % and runs "
        + "away near 100 %.",
      shownBy: ["servers.utilization", "uplink.utilization", "queue"]),
    Term(
      "queueing",
      "What happens when work comes while the machine is busy: it waits. Because work comes in bunches, "
        + "there is waiting long before the machine is full.",
      aliases: ["queue", "waiting"], shownBy: ["queue"]),
    Term(
      "bottleneck",
      "The part that is full first. More of anything else changes nothing.",
      shownBy: ["shop.bottleneck", "blame", "explain"]),
    Term(
      "percentile",
      "The value that so many percent of all values do not exceed. p99 of the response is what the "
        + "slowest one percent of requests do worse than; a mean would hide them.",
      aliases: ["p50", "p95", "p99", "median", "tail"], shownBy: ["shop.response.p99"]),
    Term(
      "peak-and-headroom",
      "Capacity is bought for the busiest hour, and most hours are not it. Headroom is what is left at "
        + "the peak.",
      aliases: ["peak", "headroom"], shownBy: ["demand", "servers.utilization"]),
    Term(
      "lead-time",
      "How long it takes from ordering something until it serves: minutes for a rented machine, weeks "
        + "for a bought one, years for a building."),
    Term(
      "goodput",
      "The part of the throughput that was of use: answers in time, steps that were not lost to a "
        + "failure.", shownBy: ["shop.answered-in-2s"]),
    Term(
      "throughput", "How much gets done in a second.", shownBy: ["queue"]),
    Term(
      "processor-sharing",
      "A machine that works on all its jobs at once, each at its part of the speed.",
      shownBy: ["queue"]),
  ]

  static let modelTerms = [
    Term(
      "training-step",
      "One round of training: the model predicts, the error is measured, and each weight moves a little "
        + "to make it smaller. It costs about six operations for each weight and token.",
      aliases: ["training", "gradient"], shownBy: ["train", "train.operations"]),
    Term(
      "loss",
      "How surprised a model is by the next symbol, on average: minus the logarithm of the chance that it gave "
        + "to what then came. Who guesses among n equally likely symbols has a loss of ln n.",
      aliases: ["cross-entropy"], shownBy: ["train.loss", "train.held-out"]),
    Term(
      "symbol",
      "A piece of text that a model reads or says at once: a character, a part of a word, a short word. In "
        + "English a word takes one or two. Most people say token.",
      aliases: ["token", "tokens"], shownBy: ["chat.tokens", "train.tokens-per-second"]),
    Term(
      "generalization",
      "Whether a model does on new text what it does on the text that it was trained on. The loss on "
        + "held-out text tells; the loss in training does not.", aliases: ["overfitting"],
      shownBy: ["train.held-out", "train.right"]),
    Term(
      "prefill-and-decode",
      "The two halves of an answer: the question is read in one go, which is limited by arithmetic; "
        + "then each word comes by itself, which is limited by memory bandwidth.",
      aliases: ["prefill", "decode", "inference"],
      shownBy: ["explain", "chat.prefill.rate", "chat.decode.rate"]),
    Term(
      "key-value-cache",
      "What a model keeps of the text so far, so that it need not read it again for each word. It grows "
        + "with the text and with the number of people served, and fills the memory.",
      aliases: ["KV-cache"], shownBy: ["model.key-value-bytes", "batch"]),
    Term(
      "parallel-split",
      "How one model is spread over many chips: copies of it for different data, layers on different "
        + "chips, or parts of each layer. Each way has its own traffic.",
      aliases: ["parallelism"]),
    Term(
      "first-token-and-throughput",
      "The two promises of a model's service: how soon the first word comes, and how many words come in "
        + "a second for all. Larger batches help the second and hurt the first.",
      aliases: ["batching"]),
    Term(
      "cost-of-an-answer",
      "Chips, power and building, divided by the answers that they give. The busier the chips, the "
        + "cheaper an answer."),
  ]
}
