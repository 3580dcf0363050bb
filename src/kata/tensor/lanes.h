// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>

#if defined(__wasm_relaxed_simd__)
#include <wasm_simd128.h>
#endif

namespace kata {

/// Four floats that are computed with at once, on every processor that the compiler knows: SSE2,
/// NEON, WebAssembly SIMD.
using Lanes = float __attribute__((vector_size(16)));
inline constexpr std::size_t kLanes = 4;

/// The kernels are written once, for Lanes and, where channels are left over, for float.
template <typename Value>
inline constexpr std::size_t kWidth = sizeof(Value) / sizeof(float);

template <typename Value>
inline Value load(const float* from) {
  Value value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

template <typename Value>
inline void store(float* to, Value value) {
  std::memcpy(to, &value, sizeof value);
}

template <typename Value>
inline Value splat(float value) {
  if constexpr (kWidth<Value> == 1) {
    return value;
  } else {
    return Value{value, value, value, value};
  }
}

/// a × b + c, rounded once where the processor does it in one step.
template <typename Value>
inline Value multiplied_added(Value a, Value b, Value c) {
#if defined(__wasm_relaxed_simd__)
  if constexpr (kWidth<Value> == kLanes)
    return Value(wasm_f32x4_relaxed_madd(v128_t(a), v128_t(b), v128_t(c)));
#endif
  return a * b + c;
}

template <typename Value>
inline Value smaller(Value a, Value b) {
  return a < b ? a : b;
}

template <typename Value>
inline Value larger(Value a, Value b) {
  return a > b ? a : b;
}

/// Calls `work.template operator()<Lanes>(i)` for every fourth i below `count`, then
/// `<float>(i)` for the rest.
template <typename Work>
inline void for_lanes(std::size_t count, const Work& work) {
  std::size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) work.template operator()<Lanes>(i);
  for (; i < count; ++i) work.template operator()<float>(i);
}

}  // namespace kata
