/// What stands around the topic of a question, and how two topics share one question.
///
/// In a frame, `<clause>` and `<topic>` are what is asked; `<other>` is the topic of another
/// intent, which is not. Many pairs of frames have the same words in another order, so that only
/// who reads the order can tell them apart.
enum ShopFrames {
  /// A greeting before a question, often none.
  static let opener =
    "[||||hi, |hello, |hello there, |hey, |good morning, |good evening, |excuse me, |dear shop, ]"

  /// Words after a question, mostly none.
  static let closer = "[|||||| Thanks.| Thank you.| Please help.| I am curious.]"

  /// Questions about one thing.
  static let plain = [
    "<clause>?",
    "[quick question: |one thing: |please tell me, |I wonder, |just asking, |]<clause>?",
    "[what about|how about|can you tell me about|may I ask about|could we talk about] <topic>?",
    "[I want to know|I would like to hear|please tell me] [more |something |]about <topic>.",
    "[I have a question about|I need help with|I am writing because of] <topic>.",
  ]

  /// Questions that name another topic, which is not what is asked.
  static let contrasts = [
    "[I am not asking|I do not ask|this is not|I did not ask] about <other>, [I am asking|I ask|it is|my question is] about <topic>.",
    "[I am asking|I ask|this is|my question is] about <topic>, not about <other>.",
    "[tell me|I need to hear|I want to know] about <topic> [instead of|rather than|and not about|before] <other>.",
    "[instead of|rather than|before] <other>, [tell me|I need to hear|I want to know] about <topic>.",
    "[never mind|forget|leave aside|skip] <other>, [but|now|just|so] <clause>?",
    "<clause>? [never mind|forget|leave aside|skip] <other>.",
    "[I know|I have read|somebody told me|you told me] about <other>, but <clause>?",
    "<clause>? [I know|I have read|somebody told me|you told me] about <other>.",
    "<other> is [clear|settled|fine], [tell me|I need to hear|I want to know] about <topic>.",
    "[tell me|I need to hear|I want to know] about <topic>, <other> is [clear|settled|fine].",
    "my [sister|neighbour|friend|husband] asked about <other>, [I am asking|I ask] about <topic>.",
    "[I am asking|I ask] about <topic>, my [sister|neighbour|friend|husband] asked about <other>.",
    "<other> can wait, <clause>?",
    "<clause>? <other> can wait.",
  ]
}
