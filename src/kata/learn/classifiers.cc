// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/classifiers.h"

#include <array>
#include <utility>
#include <vector>

#include "kata/core/error.h"
#include "kata/learn/combined_classifier.h"
#include "kata/learn/neighbours_classifier.h"
#include "kata/learn/rocket_classifier.h"

namespace kata {
namespace {

constexpr std::array<std::string_view, 3> kKinds = {"auto", "rocket", "neighbours"};

RocketClassifierOptions rocket_options(std::uint64_t seed) {
  RocketClassifierOptions options;
  options.transform.seed = seed;
  return options;
}

/// Convolutions and neighbours together: on clear cases the neighbours decide, else the convolutions.
TrainedClassifier train_auto(const Dataset& dataset, std::uint64_t seed) {
  TrainedClassifier rocket = train_rocket(dataset, rocket_options(seed));
  TrainedClassifier neighbours = train_neighbours(dataset);
  TrainedClassifier combined;
  for (std::size_t i = 0; i < rocket.held_out.size(); ++i) {
    combined.held_out.push_back(rocket.held_out[i] + kNeighboursWeight * neighbours.held_out[i]);
  }
  std::vector<CombinedClassifier::Part> parts;
  parts.push_back({1.0, std::move(rocket.classifier)});
  parts.push_back({kNeighboursWeight, std::move(neighbours.classifier)});
  combined.classifier = std::make_unique<CombinedClassifier>(std::move(parts));
  calibrate(combined, dataset);
  return combined;
}

[[noreturn]] void fail_unsupported(std::string_view kind) {
  throw Error(ErrorCode::kUnsupported,
              "this build has no classifier named \"" + std::string(kind) + "\"");
}

std::unique_ptr<Classifier> load_content(ByteReader& reader, std::string_view kind,
                                         bool may_be_combined) {
  if (kind == "rocket") return RocketClassifier::load(reader);
  if (kind == "neighbours") return NeighboursClassifier::load(reader);
  if (kind == "combined" && may_be_combined) return CombinedClassifier::load(reader);
  fail_unsupported(kind);
}

std::unique_ptr<Classifier> load_checked(ByteReader& reader, bool may_be_combined) {
  const std::string kind = reader.text();
  const auto sharpness = reader.number<double>();
  ByteReader::expect(sharpness > 0 && sharpness < 1e6);
  std::unique_ptr<Classifier> classifier = load_content(reader, kind, may_be_combined);
  classifier->set_sharpness(sharpness);
  return classifier;
}

}  // namespace

std::span<const std::string_view> classifier_kinds() { return kKinds; }

std::string_view to_string(ClassifierKind kind) {
  switch (kind) {
    case ClassifierKind::kAuto:
      return "auto";
    case ClassifierKind::kRocket:
      return "rocket";
    case ClassifierKind::kNeighbours:
      return "neighbours";
    case ClassifierKind::kBilstm:
      return "bilstm";
  }
  return "";
}

ClassifierKind classifier_kind_from_name(std::string_view name) {
  for (const ClassifierKind kind : {ClassifierKind::kAuto, ClassifierKind::kRocket,
                                    ClassifierKind::kNeighbours, ClassifierKind::kBilstm}) {
    if (to_string(kind) == name) return kind;
  }
  std::string known;
  for (const std::string_view kind : kKinds) known += (known.empty() ? "" : ", ") + std::string(kind);
  throw Error(ErrorCode::kInvalidArgument,
              "there is no classifier \"" + std::string(name) + "\"; there are: " + known);
}

TrainedClassifier train_classifier(const Dataset& dataset, const ClassifierChoice& choice,
                                   std::stop_token stop) {
  if (stop.stop_requested()) throw Error(ErrorCode::kCancelled, "training was stopped");
  switch (choice.kind) {
    case ClassifierKind::kAuto:
      return train_auto(dataset, choice.seed);
    case ClassifierKind::kRocket:
      return train_rocket(dataset, rocket_options(choice.seed));
    case ClassifierKind::kNeighbours:
      return train_neighbours(dataset);
    case ClassifierKind::kBilstm:
      break;
  }
  fail_unsupported(to_string(choice.kind));
}

void save_classifier(ByteWriter& writer, const Classifier& classifier) {
  writer.put_text(classifier.kind());
  writer.put(classifier.sharpness());
  classifier.save(writer);
}

std::unique_ptr<Classifier> load_classifier(ByteReader& reader) {
  return load_checked(reader, true);
}

std::unique_ptr<Classifier> load_single_classifier(ByteReader& reader) {
  return load_checked(reader, false);
}

}  // namespace kata
