// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "kata/core/error.h"

namespace kata {

static_assert(std::endian::native == std::endian::little, "stored bytes are little-endian");

template <typename T>
concept PlainNumber = std::is_arithmetic_v<T>;

/// Collects the stored form of a classifier: little-endian numbers, counted texts and arrays.
class ByteWriter {
 public:
  template <PlainNumber T>
  void put(T value) {
    char raw[sizeof(T)];
    std::memcpy(raw, &value, sizeof(T));
    bytes_.append(raw, sizeof(T));
  }
  void put_text(std::string_view text) {
    put(static_cast<std::uint32_t>(text.size()));
    bytes_.append(text);
  }
  template <PlainNumber T>
  void put_array(std::span<const T> values) {
    put(static_cast<std::uint32_t>(values.size()));
    if (!values.empty()) {
      bytes_.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
    }
  }
  template <PlainNumber T>
  void put_array(const std::vector<T>& values) {
    put_array(std::span<const T>(values));
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reads what ByteWriter wrote; every size is checked before memory is taken.
/// Throws Error{kCorrupt}.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  template <PlainNumber T>
  T number() {
    T value{};
    std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
    return value;
  }
  std::string text() { return std::string(take(number<std::uint32_t>())); }
  template <PlainNumber T>
  std::vector<T> array() {
    const std::size_t count = number<std::uint32_t>();
    if (count > bytes_.size() / sizeof(T)) fail();
    const std::string_view raw = take(count * sizeof(T));
    std::vector<T> values(count);
    if (count > 0) std::memcpy(values.data(), raw.data(), raw.size());
    return values;
  }
  /// A count of things that take at least `least_bytes` each.
  std::size_t count(std::size_t least_bytes) {
    const std::size_t value = number<std::uint32_t>();
    if (least_bytes > 0 && value > bytes_.size() / least_bytes) fail();
    return value;
  }
  bool is_at_end() const { return bytes_.empty(); }
  /// Throws unless the condition holds.
  static void expect(bool condition) {
    if (!condition) fail();
  }

 private:
  [[noreturn]] static void fail() {
    throw Error(ErrorCode::kCorrupt, "the stored classifier is damaged; train the craft again");
  }
  std::string_view take(std::size_t size) {
    if (size > bytes_.size()) fail();
    const std::string_view head = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return head;
  }

  std::string_view bytes_;
};

}  // namespace kata
