// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace kata {

/// Bytes of a FlatBuffers file, of which nothing outside is ever read: a file may be damaged.
///
/// Every reader throws Error{kCorrupt} where the file points outside itself. Little-endian, as the
/// format and all processors that Kata runs on. Views borrow the bytes.
class FlatBytes {
 public:
  explicit FlatBytes(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  std::size_t size() const { return bytes_.size(); }

  /// `count` bytes from `position` on.
  std::span<const std::uint8_t> slice(std::size_t position, std::size_t count) const;

  template <typename Value>
  Value value(std::size_t position) const {
    Value value;
    std::memcpy(&value, slice(position, sizeof value).data(), sizeof value);
    return value;
  }

  /// Where the unsigned offset at `position` leads.
  std::size_t followed(std::size_t position) const;

 private:
  std::span<const std::uint8_t> bytes_;
};

/// A table of the file: fields by their number in the schema; a field that is absent has its
/// schema's default.
class FlatTable {
 public:
  FlatTable(FlatBytes bytes, std::size_t position);

  /// The root of a file that carries `identifier` (4 letters).
  static FlatTable root(std::span<const std::uint8_t> bytes, std::string_view identifier);

  template <typename Value>
  Value scalar(unsigned field, Value fallback) const {
    const auto position = place(field);
    return position ? bytes_.value<Value>(*position) : fallback;
  }

  std::optional<FlatTable> table(unsigned field) const;
  std::vector<FlatTable> tables(unsigned field) const;

  /// The vector of scalars of `width` bytes each, as it lies in the file; empty where absent.
  std::span<const std::uint8_t> raw(unsigned field, std::size_t width) const;

  template <typename Value>
  std::vector<Value> values(unsigned field) const {
    const auto from = raw(field, sizeof(Value));
    std::vector<Value> values(from.size() / sizeof(Value));
    if (!from.empty()) std::memcpy(values.data(), from.data(), from.size());
    return values;
  }

 private:
  std::optional<std::size_t> place(unsigned field) const;

  FlatBytes bytes_;
  std::size_t position_;
  std::size_t vtable_;
  std::size_t vtable_size_;
};

}  // namespace kata
