// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#define KATA_CROP_LANES 1
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
#define KATA_CROP_LANES 1
#else
#define KATA_CROP_LANES 0
#endif

/// A pixel's channels side by side, on the processors that crop.cc knows; all give the same bits.
namespace kata {

inline std::uint32_t four_bytes(const std::uint8_t* from) {
  std::uint32_t value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

#if defined(__SSE2__)
using IntLanes = __m128i;
using FloatLanes = __m128;

/// Weighted sum of two neighbouring pixels, all channels at once, as four 32-bit lanes.
inline IntLanes weighted_pair(std::uint32_t left, std::uint32_t right, std::uint32_t weights) {
  const __m128i a = _mm_cvtsi32_si128(static_cast<int>(left));
  const __m128i b = _mm_cvtsi32_si128(static_cast<int>(right));
  const __m128i pairs = _mm_unpacklo_epi8(_mm_unpacklo_epi8(a, b), _mm_setzero_si128());
  return _mm_madd_epi16(pairs, _mm_set1_epi32(static_cast<int>(weights)));
}

/// Red, green, blue and a fourth that is not used, from the sums of the upper and lower taps.
template <bool kIsBgr>
FloatLanes tensor_values(IntLanes upper, IntLanes lower, float factor, float offset) {
  __m128i sum = _mm_add_epi32(_mm_add_epi32(upper, lower), _mm_set1_epi32(512));
  sum = _mm_srli_epi32(sum, 10);
  if constexpr (kIsBgr) sum = _mm_shuffle_epi32(sum, _MM_SHUFFLE(3, 0, 1, 2));
  return _mm_add_ps(_mm_mul_ps(_mm_cvtepi32_ps(sum), _mm_set1_ps(factor)), _mm_set1_ps(offset));
}

inline void store_values(float* to, FloatLanes values) { _mm_storeu_ps(to, values); }

#elif defined(__wasm_simd128__)
using IntLanes = v128_t;
using FloatLanes = v128_t;

inline IntLanes weighted_pair(std::uint32_t left, std::uint32_t right, std::uint32_t weights) {
  const v128_t both = wasm_u32x4_make(left, right, 0, 0);
  const v128_t pairs =
      wasm_i8x16_shuffle(both, both, 0, 4, 1, 5, 2, 6, 3, 7, 0, 4, 1, 5, 2, 6, 3, 7);
  return wasm_i32x4_dot_i16x8(wasm_u16x8_extend_low_u8x16(pairs), wasm_u32x4_splat(weights));
}

template <bool kIsBgr>
FloatLanes tensor_values(IntLanes upper, IntLanes lower, float factor, float offset) {
  v128_t sum = wasm_i32x4_add(wasm_i32x4_add(upper, lower), wasm_i32x4_const_splat(512));
  sum = wasm_u32x4_shr(sum, 10);
  if constexpr (kIsBgr) sum = wasm_i32x4_shuffle(sum, sum, 2, 1, 0, 3);
  return wasm_f32x4_add(wasm_f32x4_mul(wasm_f32x4_convert_i32x4(sum), wasm_f32x4_splat(factor)),
                        wasm_f32x4_splat(offset));
}

inline void store_values(float* to, FloatLanes values) { wasm_v128_store(to, values); }
#endif

}  // namespace kata
