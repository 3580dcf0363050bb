// SPDX-License-Identifier: Apache-2.0
#include "kata/tensor/flatbuffer.h"

#include "kata/core/error.h"

namespace kata {
namespace {

[[noreturn]] void fail(const char* what) { throw Error(ErrorCode::kCorrupt, what); }

/// Length of the vector at `position`, of which every element fills `width` bytes.
std::size_t vector_length(const FlatBytes& bytes, std::size_t position, std::size_t width) {
  const std::size_t length = bytes.value<std::uint32_t>(position);
  if (length > bytes.size() / width) fail("a list in it is longer than the file");
  return length;
}

}  // namespace

std::span<const std::uint8_t> FlatBytes::slice(std::size_t position, std::size_t count) const {
  if (position > bytes_.size() || count > bytes_.size() - position) fail("the file is cut off");
  return bytes_.subspan(position, count);
}

std::size_t FlatBytes::followed(std::size_t position) const {
  const std::size_t offset = value<std::uint32_t>(position);
  if (offset == 0 || offset > size() - position) fail("it points outside itself");
  return position + offset;
}

FlatTable::FlatTable(FlatBytes bytes, std::size_t position)
    : bytes_(bytes), position_(position), vtable_(0), vtable_size_(0) {
  const std::int64_t back = bytes_.value<std::int32_t>(position);
  const std::int64_t vtable = static_cast<std::int64_t>(position) - back;
  if (vtable < 0) fail("it points outside itself");
  vtable_ = static_cast<std::size_t>(vtable);
  vtable_size_ = bytes_.value<std::uint16_t>(vtable_);
  bytes_.slice(vtable_, vtable_size_);
}

FlatTable FlatTable::root(std::span<const std::uint8_t> bytes, std::string_view identifier) {
  const FlatBytes file(bytes);
  constexpr std::size_t kIdentifierPlace = 4;
  const auto found = file.slice(kIdentifierPlace, identifier.size());
  if (std::memcmp(found.data(), identifier.data(), identifier.size()) != 0) {
    fail("it is no TensorFlow Lite file");
  }
  return {file, file.followed(0)};
}

std::optional<std::size_t> FlatTable::place(unsigned field) const {
  constexpr std::size_t kFirst = 4;  // after the sizes of the vtable and of the table
  const std::size_t entry = kFirst + 2 * static_cast<std::size_t>(field);
  if (entry + sizeof(std::uint16_t) > vtable_size_) return std::nullopt;
  const std::size_t offset = bytes_.value<std::uint16_t>(vtable_ + entry);
  if (offset == 0) return std::nullopt;
  return position_ + offset;
}

std::optional<FlatTable> FlatTable::table(unsigned field) const {
  const auto position = place(field);
  if (!position) return std::nullopt;
  return FlatTable(bytes_, bytes_.followed(*position));
}

std::vector<FlatTable> FlatTable::tables(unsigned field) const {
  const auto position = place(field);
  if (!position) return {};
  const std::size_t at = bytes_.followed(*position);
  const std::size_t length = vector_length(bytes_, at, sizeof(std::uint32_t));
  std::vector<FlatTable> tables;
  tables.reserve(length);
  for (std::size_t i = 0; i < length; ++i) {
    tables.emplace_back(bytes_, bytes_.followed(at + sizeof(std::uint32_t) * (i + 1)));
  }
  return tables;
}

std::span<const std::uint8_t> FlatTable::raw(unsigned field, std::size_t width) const {
  const auto position = place(field);
  if (!position) return {};
  const std::size_t at = bytes_.followed(*position);
  return bytes_.slice(at + sizeof(std::uint32_t), vector_length(bytes_, at, width) * width);
}

}  // namespace kata
