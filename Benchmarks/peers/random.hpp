// xoshiro256** seeded by SplitMix64 (Blackman, Vigna), as one would use it in C++.
#pragma once
#include <cmath>
#include <cstdint>

struct Random {
  uint64_t s[4];

  explicit Random(uint64_t seed) {
    for (auto& word : s) {
      seed += 0x9e3779b97f4a7c15ull;
      uint64_t x = seed;
      x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
      x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
      word = x ^ (x >> 31);
    }
  }

  static uint64_t rotate(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

  uint64_t next() {
    uint64_t result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
  }

  double uniform() { return ((next() >> 11) + 0.5) * (1.0 / 9007199254740992.0); }
  double exponential(double rate) { return -std::log(uniform()) / rate; }
};
