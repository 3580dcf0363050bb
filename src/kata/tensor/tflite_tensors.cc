// SPDX-License-Identifier: Apache-2.0
#include "kata/tensor/tflite_tensors.h"

#include <numeric>
#include <string>

#include "kata/core/error.h"
#include "kata/tensor/float16.h"
#include "kata/tensor/tflite_schema.h"

namespace kata {
namespace {

/// Beyond every network for live use; a damaged file may ask for anything.
constexpr int kLargestSize = 1 << 20;
constexpr std::size_t kMostValues = std::size_t{1} << 26;

[[noreturn]] void damaged(const char* what) { throw Error(ErrorCode::kCorrupt, what); }
[[noreturn]] void unsupported(const std::string& what) {
  throw Error(ErrorCode::kUnsupported, what);
}

template <typename Stored, typename Value>
std::vector<Value> converted(std::span<const std::uint8_t> data, Value (*convert)(Stored)) {
  std::vector<Value> values(data.size() / sizeof(Stored));
  for (std::size_t i = 0; i < values.size(); ++i) {
    Stored stored;
    std::memcpy(&stored, data.data() + i * sizeof stored, sizeof stored);
    values[i] = convert(stored);
  }
  return values;
}

/// The numbers as they lie in the file, without those that a sparse tensor leaves out.
std::vector<float> stored_floats(std::span<const std::uint8_t> data, int type) {
  switch (type) {
    case tflite::type::kFloat32:
      return converted<float, float>(data, [](float value) { return value; });
    case tflite::type::kFloat16:
      return converted<std::uint16_t, float>(data, float_from_half);
    default:
      unsupported("it holds numbers of type " + std::to_string(type) +
                  ", where Kata reads floats of 16 and 32 bits");
  }
}

/// A list of a sparse dimension, of numbers of 8, 16 or 32 bits.
std::vector<std::size_t> index_list(const FlatTable& dimension, unsigned type_field,
                                    unsigned field) {
  const auto list = dimension.table(field);
  if (!list) damaged("a sparse tensor has no list of indices");
  const auto widened = [](const auto& values) {
    return std::vector<std::size_t>(values.begin(), values.end());
  };
  switch (dimension.scalar<std::uint8_t>(type_field, 0)) {
    case tflite::dimension::kInt32:
      return widened(list->values<std::uint32_t>(0));
    case tflite::dimension::kUint16:
      return widened(list->values<std::uint16_t>(0));
    case tflite::dimension::kUint8:
      return widened(list->values<std::uint8_t>(0));
    default:
      damaged("a sparse tensor has indices of no known kind");
  }
}

/// Fills in the zeros of a sparse tensor, dimension by dimension.
class Densifier {
 public:
  Densifier(const FlatTable& sparsity, const TensorSizes& sizes, const std::vector<float>& stored)
      : stored_(stored), dense_(volume(sizes), 0.0f) {
    std::vector<int> straight(sizes.size());
    std::iota(straight.begin(), straight.end(), 0);
    if (sparsity.values<int>(tflite::sparsity::kTraversalOrder) != straight ||
        !sparsity.values<int>(tflite::sparsity::kBlockMap).empty()) {
      unsupported("it holds a sparse tensor in blocks");
    }
    const auto tables = sparsity.tables(tflite::sparsity::kDimensions);
    if (tables.size() != sizes.size()) damaged("a sparse tensor has another number of dimensions");
    for (std::size_t i = 0; i < sizes.size(); ++i) add(tables[i], sizes[i]);
  }

  std::vector<float> fill() {
    fill_from(0, 0, 0);
    return std::move(dense_);
  }

 private:
  struct Dimension {
    std::size_t size;
    bool is_sparse;
    std::vector<std::size_t> segments;
    std::vector<std::size_t> indices;
  };

  void add(const FlatTable& table, int size) {
    using namespace tflite::dimension;
    Dimension dimension{static_cast<std::size_t>(size), false, {}, {}};
    if (table.scalar<std::int8_t>(kFormat, kDense) == kSparse) {
      dimension.is_sparse = true;
      dimension.segments = index_list(table, kSegmentsType, kSegments);
      dimension.indices = index_list(table, kIndicesType, kIndices);
      // Rising segments visit every index once at most: the work stays within the file's size.
      for (std::size_t i = 0; i + 1 < dimension.segments.size(); ++i) {
        if (dimension.segments[i] > dimension.segments[i + 1]) damaged("its segments overlap");
      }
      if (!dimension.segments.empty() && dimension.segments.back() > dimension.indices.size()) {
        damaged("a sparse tensor has too few indices");
      }
    }
    dimensions_.push_back(std::move(dimension));
  }

  /// `stored` counts the places that the file keeps up to this dimension, `dense` all of them.
  void fill_from(std::size_t level, std::size_t stored, std::size_t dense) {
    if (level == dimensions_.size()) {
      if (stored >= stored_.size()) damaged("a sparse tensor has too few numbers");
      dense_[dense] = stored_[stored];
      return;
    }
    const Dimension& dimension = dimensions_[level];
    if (!dimension.is_sparse) {
      for (std::size_t i = 0; i < dimension.size; ++i) {
        fill_from(level + 1, stored * dimension.size + i, dense * dimension.size + i);
      }
      return;
    }
    if (stored + 1 >= dimension.segments.size()) damaged("a sparse tensor has too few segments");
    for (std::size_t i = dimension.segments[stored]; i < dimension.segments[stored + 1]; ++i) {
      if (dimension.indices[i] >= dimension.size) damaged("a sparse tensor's index is too large");
      fill_from(level + 1, i, dense * dimension.size + dimension.indices[i]);
    }
  }

  const std::vector<float>& stored_;
  std::vector<float> dense_;
  std::vector<Dimension> dimensions_;
};

}  // namespace

TfliteTensors::TfliteTensors(const FlatTable& model, const FlatTable& subgraph)
    : tensors_(subgraph.tables(tflite::subgraph::kTensors)),
      buffers_(model.tables(tflite::model::kBuffers)) {}

std::span<const std::uint8_t> TfliteTensors::data(std::size_t tensor) const {
  const std::size_t buffer = tensors_.at(tensor).scalar<std::uint32_t>(tflite::tensor::kBuffer, 0);
  if (buffer >= buffers_.size()) damaged("a tensor's data are missing");
  return buffers_[buffer].raw(tflite::buffer::kData, 1);
}

TensorSizes TfliteTensors::sizes(std::size_t tensor) const {
  const auto sizes = tensors_.at(tensor).values<int>(tflite::tensor::kShape);
  std::size_t product = 1;
  for (const int size : sizes) {
    if (size < 1 || size > kLargestSize) damaged("a tensor has an impossible size");
    product *= static_cast<std::size_t>(size);
    if (product > kMostValues) damaged("a tensor is impossibly large");
  }
  return sizes;
}

std::vector<float> TfliteTensors::floats(std::size_t tensor) const {
  const FlatTable& table = tensors_.at(tensor);
  const TensorSizes shape = sizes(tensor);
  std::vector<float> stored =
      stored_floats(data(tensor), table.scalar<std::int8_t>(tflite::tensor::kType, 0));
  if (const auto sparsity = table.table(tflite::tensor::kSparsity)) {
    return Densifier(*sparsity, shape, stored).fill();
  }
  if (stored.size() != volume(shape)) damaged("a tensor has too few or too many numbers");
  return stored;
}

std::vector<int> TfliteTensors::integers(std::size_t tensor) const {
  if (tensors_.at(tensor).scalar<std::int8_t>(tflite::tensor::kType, 0) != tflite::type::kInt32) {
    unsupported("it holds sizes or axes that are no 32-bit integers");
  }
  const auto values =
      converted<std::int32_t, int>(data(tensor), [](std::int32_t v) -> int { return v; });
  if (values.size() != volume(sizes(tensor))) damaged("a tensor has too few or too many numbers");
  return values;
}

}  // namespace kata
