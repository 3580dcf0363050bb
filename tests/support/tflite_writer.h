// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace kata::test {

/// A value of a FlatBuffers file: a number, a list of numbers, a list of tables or a table.
class Flat {
 public:
  template <typename Number>
  static Flat number(Number number) {
    Flat flat;
    flat.bytes_.assign(reinterpret_cast<const char*>(&number), sizeof number);
    return flat;
  }

  template <typename Number>
  static Flat list(const std::vector<Number>& numbers) {
    Flat flat;
    flat.kind_ = Kind::kList;
    flat.count_ = static_cast<std::uint32_t>(numbers.size());
    if (!numbers.empty()) {
      flat.bytes_.assign(reinterpret_cast<const char*>(numbers.data()),
                         numbers.size() * sizeof(Number));
    }
    return flat;
  }

  static Flat tables(std::vector<Flat> tables) {
    Flat flat;
    flat.kind_ = Kind::kTables;
    flat.parts_ = std::move(tables);
    return flat;
  }

  static Flat table(const std::map<unsigned, Flat>& fields) {
    Flat flat;
    flat.kind_ = Kind::kTable;
    for (const auto& [field, value] : fields) {
      while (flat.parts_.size() <= field) flat.parts_.emplace_back();
      flat.parts_[field] = value;
    }
    return flat;
  }

  std::string file(const std::string& identifier) const {
    std::string text(4, '\0');
    text += identifier;
    put(text, 0, write(text));
    return text;
  }

 private:
  enum class Kind { kNumber, kList, kTables, kTable };

  bool is_absent() const { return kind_ == Kind::kNumber && bytes_.empty(); }

  static void put(std::string& text, std::size_t at, std::size_t target) {
    const auto offset = static_cast<std::uint32_t>(target - at);
    std::memcpy(text.data() + at, &offset, sizeof offset);
  }

  template <typename Number>
  static void append(std::string& text, Number number) {
    text.append(reinterpret_cast<const char*>(&number), sizeof number);
  }

  /// Appends the value; returns where it begins.
  std::size_t write(std::string& text) const {
    while (text.size() % 4 != 0) text += '\0';
    if (kind_ == Kind::kTable) return write_table(text);
    const std::size_t begin = text.size();
    append(text, kind_ == Kind::kList ? count_ : static_cast<std::uint32_t>(parts_.size()));
    text += bytes_;
    write_parts(text, text.size());
    return begin;
  }

  void write_parts(std::string& text, std::size_t places) const {
    text.append(4 * parts_.size(), '\0');
    for (std::size_t i = 0; i < parts_.size(); ++i)
      put(text, places + 4 * i, parts_[i].write(text));
  }

  /// Every field fills four bytes.
  std::size_t write_table(std::string& text) const {
    const std::size_t vtable = text.size();
    append(text, static_cast<std::uint16_t>(4 + 2 * parts_.size()));
    append(text, static_cast<std::uint16_t>(4 + 4 * parts_.size()));
    for (std::size_t i = 0; i < parts_.size(); ++i)
      append(text, static_cast<std::uint16_t>(parts_[i].is_absent() ? 0 : 4 + 4 * i));
    while (text.size() % 4 != 0) text += '\0';
    const std::size_t begin = text.size();
    append(text, static_cast<std::int32_t>(begin - vtable));
    text.append(4 * parts_.size(), '\0');
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      const std::size_t place = begin + 4 + 4 * i;
      if (parts_[i].kind_ == Kind::kNumber) {
        std::memcpy(text.data() + place, parts_[i].bytes_.data(), parts_[i].bytes_.size());
      } else {
        put(text, place, parts_[i].write(text));
      }
    }
    return begin;
  }

  Kind kind_ = Kind::kNumber;
  std::uint32_t count_ = 0;
  std::string bytes_;
  std::vector<Flat> parts_;
};

/// Writes a small network as a TensorFlow Lite file.
class TfliteWriter {
 public:
  /// A tensor that the network computes, or its input.
  int tensor(const std::vector<int>& sizes) { return add(sizes, kFloat32, 0); }

  int half_tensor(const std::vector<int>& sizes) { return add(sizes, kFloat16, 0); }

  int floats(const std::vector<int>& sizes, const std::vector<float>& values) {
    return add(sizes, kFloat32, buffer(values));
  }

  /// Exact for numbers of few binary places, as the tests use them.
  int halves(const std::vector<int>& sizes, const std::vector<float>& values) {
    return add(sizes, kFloat16, buffer(half(values)));
  }

  /// [rows, 1, 1, columns] of which only what is not zero is stored.
  int sparse_halves(const std::vector<int>& sizes, const std::vector<float>& values) {
    const auto columns = static_cast<std::size_t>(sizes.back());
    std::vector<float> stored;
    std::vector<std::uint16_t> segments = {0};
    std::vector<std::uint8_t> indices;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i] != 0) {
        stored.push_back(values[i]);
        indices.push_back(static_cast<std::uint8_t>(i % columns));
      }
      if (i % columns + 1 == columns) segments.push_back(static_cast<std::uint16_t>(stored.size()));
    }
    std::vector<Flat> dimensions;
    for (std::size_t i = 0; i + 1 < sizes.size(); ++i) {
      dimensions.push_back(
          Flat::table({{0, Flat::number(std::int8_t{0})}, {1, Flat::number(sizes[i])}}));
    }
    dimensions.push_back(Flat::table({{0, Flat::number(std::int8_t{1})},
                                      {2, Flat::number(std::uint8_t{2})},
                                      {3, Flat::table({{0, Flat::list(segments)}})},
                                      {4, Flat::number(std::uint8_t{3})},
                                      {5, Flat::table({{0, Flat::list(indices)}})}}));
    const Flat sparsity = Flat::table(
        {{0, Flat::list(std::vector<int>{0, 1, 2, 3})}, {2, Flat::tables(std::move(dimensions))}});
    return add(sizes, kFloat16, buffer(half(stored)), sparsity);
  }

  int integers(const std::vector<int>& values) {
    return add({static_cast<int>(values.size())}, kInt32, buffer(values));
  }

  /// Zeros before and after each dimension, two numbers a row.
  int margins(const std::vector<int>& values) {
    return add({static_cast<int>(values.size() / 2), 2}, kInt32, buffer(values));
  }

  /// `options` of the operator's table, by field; `options_type` is the table's number.
  void operation(int code, const std::vector<int>& inputs, int output,
                 const std::map<unsigned, Flat>& options = {}, int options_type = 0) {
    if (codes_.count(code) == 0) {
      codes_[code] = static_cast<std::uint32_t>(code_tables_.size());
      code_tables_.push_back(Flat::table({{0, Flat::number(static_cast<std::int8_t>(code))},
                                          {2, Flat::number(1)},
                                          {3, Flat::number(code)}}));
    }
    std::map<unsigned, Flat> fields = {{0, Flat::number(codes_[code])},
                                       {1, Flat::list(inputs)},
                                       {2, Flat::list(std::vector<int>{output})}};
    if (options_type != 0) {
      fields[3] = Flat::number(static_cast<std::uint8_t>(options_type));
      fields[4] = Flat::table(options);
    }
    operations_.push_back(Flat::table(fields));
  }

  std::string file(int input, const std::vector<int>& outputs) const {
    const Flat subgraph = Flat::table({{0, Flat::tables(tensors_)},
                                       {1, Flat::list(std::vector<int>{input})},
                                       {2, Flat::list(outputs)},
                                       {3, Flat::tables(operations_)}});
    return Flat::table({{0, Flat::number(std::uint32_t{3})},
                        {1, Flat::tables(code_tables_)},
                        {2, Flat::tables({subgraph})},
                        {4, Flat::tables(buffers_)}})
        .file("TFL3");
  }

 private:
  static constexpr std::int8_t kFloat32 = 0, kFloat16 = 1, kInt32 = 2;

  static std::vector<std::uint16_t> half(const std::vector<float>& values) {
    std::vector<std::uint16_t> halves;
    for (const float value : values) {
      const auto bits = std::bit_cast<std::uint32_t>(value);
      const std::uint32_t exponent = (bits >> 23) & 0xffu;
      const std::uint32_t sign = (bits >> 16) & 0x8000u;
      halves.push_back(static_cast<std::uint16_t>(
          value == 0 ? sign : sign | ((exponent - 112) << 10) | ((bits >> 13) & 0x3ffu)));
    }
    return halves;
  }

  template <typename Number>
  std::uint32_t buffer(const std::vector<Number>& values) {
    std::vector<std::uint8_t> bytes(values.size() * sizeof(Number));
    if (!bytes.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
    buffers_.push_back(Flat::table({{0, Flat::list(bytes)}}));
    return static_cast<std::uint32_t>(buffers_.size() - 1);
  }

  int add(const std::vector<int>& sizes, std::int8_t type, std::uint32_t buffer,
          const Flat& sparsity = {}) {
    const std::string name = "t" + std::to_string(tensors_.size());
    std::vector<char> letters(name.begin(), name.end());
    tensors_.push_back(Flat::table({{0, Flat::list(sizes)},
                                    {1, Flat::number(type)},
                                    {2, Flat::number(buffer)},
                                    {3, Flat::list(letters)},
                                    {6, sparsity}}));
    return static_cast<int>(tensors_.size() - 1);
  }

  std::vector<Flat> tensors_;
  std::vector<Flat> buffers_ = {Flat::table({})};
  std::vector<Flat> code_tables_;
  std::vector<Flat> operations_;
  std::map<int, std::uint32_t> codes_;
};

}  // namespace kata::test
