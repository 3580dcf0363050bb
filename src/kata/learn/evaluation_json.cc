// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <nlohmann/json.hpp>

#include "kata/learn/evaluate.h"

namespace kata {
namespace {

double rounded(double value, double steps) { return std::round(value * steps) / steps; }

nlohmann::ordered_json prediction_json(const Prediction& prediction,
                                       const std::vector<std::string>& classes) {
  nlohmann::ordered_json json;
  json["example"] = prediction.example;
  json["group"] = nullptr;
  if (!prediction.group.empty()) json["group"] = prediction.group;
  json["truth"] = classes[prediction.truth];
  json["said"] = nlohmann::ordered_json::array();
  for (const std::size_t said : prediction.said) json["said"].push_back(classes[said]);
  return json;
}

}  // namespace

std::string evaluation_json(const Evaluation& evaluation) {
  constexpr double kShare = 1e4;
  nlohmann::ordered_json json;
  json["protocol"] = evaluation.protocol;
  json["n"] = evaluation.examples;
  json["classes"] = evaluation.classes;
  json["accuracy"] = rounded(evaluation.confusion.accuracy(), kShare);
  json["balanced_accuracy"] = rounded(evaluation.confusion.balanced_accuracy(), kShare);
  json["interval"] = {rounded(evaluation.interval.low, kShare),
                      rounded(evaluation.interval.high, kShare)};
  json["balanced_interval"] = {rounded(evaluation.balanced_interval.low, kShare),
                               rounded(evaluation.balanced_interval.high, kShare)};
  json["judged"] = evaluation.confusion.total();
  json["learners"] = evaluation.learners;
  json["learners_skipped"] = evaluation.learners_skipped;
  json["learners_mirrored"] = evaluation.learners_mirrored;
  json["per_group"] = nlohmann::ordered_json::object();
  for (const auto& [group, accuracy] : evaluation.per_group) {
    json["per_group"][group] = rounded(accuracy, kShare);
  }
  json["confusion"] = nlohmann::ordered_json::array();
  for (std::size_t truth = 0; truth < evaluation.confusion.classes(); ++truth) {
    nlohmann::ordered_json row = nlohmann::ordered_json::array();
    for (std::size_t said = 0; said < evaluation.confusion.classes(); ++said) {
      row.push_back(evaluation.confusion.at(truth, said));
    }
    json["confusion"].push_back(row);
  }
  json["baseline_majority"] = rounded(evaluation.baseline_majority, kShare);
  json["baseline_duration"] = rounded(evaluation.baseline_duration, kShare);
  json["train_s"] = rounded(evaluation.train_s, 1e6);
  json["predict_ms"] = rounded(evaluation.predict_ms, 1e6);
  json["classifier"] = evaluation.classifier;
  json["predictions"] = nlohmann::ordered_json::array();
  for (const Prediction& one : evaluation.predictions)
    json["predictions"].push_back(prediction_json(one, evaluation.classes));
  // Names are a stranger's text; JSON must be UTF-8.
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace kata
