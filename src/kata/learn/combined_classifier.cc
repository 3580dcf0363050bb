// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/combined_classifier.h"

#include <utility>

#include "kata/core/error.h"
#include "kata/learn/classifiers.h"

namespace kata {

CombinedClassifier::CombinedClassifier(std::vector<Part> parts) : parts_(std::move(parts)) {
  KATA_CHECK(!parts_.empty(), "a part to combine");
}

std::vector<double> CombinedClassifier::scores(const Series& series) const {
  std::vector<double> result;
  for (const Part& part : parts_) {
    const auto scores = part.classifier->scores(series);
    result.resize(scores.size(), 0.0);
    for (std::size_t k = 0; k < result.size(); ++k) result[k] += part.weight * scores[k];
  }
  return result;
}

void CombinedClassifier::save(ByteWriter& writer) const {
  writer.put(static_cast<std::uint32_t>(parts_.size()));
  for (const Part& part : parts_) {
    writer.put(part.weight);
    save_classifier(writer, *part.classifier);
  }
}

std::unique_ptr<CombinedClassifier> CombinedClassifier::load(ByteReader& reader,
                                                             int combinations_left) {
  const std::size_t count = reader.count(sizeof(double));
  constexpr std::size_t kMostParts = 16;
  ByteReader::expect(count > 0 && count <= kMostParts);
  std::vector<Part> parts;
  for (std::size_t i = 0; i < count; ++i) {
    const auto weight = reader.number<double>();
    ByteReader::expect(weight > 0 && weight < 1e6);
    parts.push_back({weight, load_classifier(reader, combinations_left)});
  }
  return std::make_unique<CombinedClassifier>(std::move(parts));
}

}  // namespace kata
