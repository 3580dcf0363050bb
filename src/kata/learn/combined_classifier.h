// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "kata/learn/classifier.h"

namespace kata {

/// Weighted sum of the scores of several classifiers.
class CombinedClassifier : public Classifier {
 public:
  struct Part {
    double weight = 1;
    std::unique_ptr<Classifier> classifier;
  };
  /// At least one part.
  explicit CombinedClassifier(std::vector<Part> parts);

  std::vector<double> scores(const Series& series) const override;
  std::string_view kind() const override { return "combined"; }
  void save(ByteWriter& writer) const override;
  static std::unique_ptr<CombinedClassifier> load(ByteReader& reader, int combinations_left);

 private:
  std::vector<Part> parts_;
};

}  // namespace kata
