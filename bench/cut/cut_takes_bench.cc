// SPDX-License-Identifier: Apache-2.0
// How takes are cut into repetitions, by kind of take and of movement.
//
//   cut_takes_bench TAKES [said] [known] [lines] [only NAME]
//
// TAKES: what takes.py made. said: with the true number given. known: wrong takes are cut after the
// right one of the same teacher.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "cut_score.h"
#include "kata/cut/cut.h"
#include "takes_file.h"

namespace kata::bench {
namespace {

struct Options {
  bool said = false, known = false, lines = false;
  CutTuning tuning;
  std::string only;
};

/// "name=value" of a constant that is looked at.
void set_number(CutTuning& tuning, const char* text) {
  const char* value = std::strchr(text, '=');
  if (value == nullptr) return;
  const std::string name(text, value);
  const std::map<std::string, float CutTuning::*> numbers = {
      {"calm", &CutTuning::calm},
      {"part", &CutTuning::part_share},
      {"known", &CutTuning::known_weight},
      {"ends", &CutTuning::ends_share},
      {"ends_slack", &CutTuning::ends_slack},
      {"duration", &CutTuning::duration_spread},
      {"noise", &CutTuning::noise},
      {"least_gain", &CutTuning::least_gain},
      {"price", &CutTuning::price},
      {"end", &CutTuning::end_price},
      {"rest", &CutTuning::rest_price},
      {"offset", &CutTuning::offset},
      {"own", &CutTuning::own_spread},
      {"slow", &CutTuning::slow},
      {"travel", &CutTuning::most_travel},
      {"tip", &CutTuning::fingertip_weight},
      {"turn", &CutTuning::turn_weight}};
  const std::map<std::string, double CutTuning::*> doubles = {
      {"unlike", &CutTuning::unlike},
      {"least_mixed", &CutTuning::least_length_mixed},
      {"unlike_mixed", &CutTuning::unlike_mixed},
      {"alike", &CutTuning::alike_share},
      {"still", &CutTuning::still},
      {"smooth", &CutTuning::smoothing_s},
      {"offered", &CutTuning::offered},
      {"likely", &CutTuning::likely}};
  if (name == "exemplars") tuning.most_exemplars_alike = std::atoi(value + 1);
  if (name == "exemplars_mixed") tuning.most_exemplars = std::atoi(value + 1);
  if (name == "rounds") tuning.rounds = std::atoi(value + 1);
  if (name == "seeds") tuning.most_seeds = std::atoi(value + 1);
  if (name == "third") tuning.seeds_per_third = std::atoi(value + 1);
  if (numbers.contains(name)) tuning.*numbers.at(name) = std::strtof(value + 1, nullptr);
  if (doubles.contains(name)) tuning.*doubles.at(name) = std::strtod(value + 1, nullptr);
}

double now_s() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

template <typename Spans>
std::vector<TruthSpan> spans_of(const Spans& spans) {
  std::vector<TruthSpan> result;
  for (const auto& each : spans) result.push_back({each.first, each.last});
  return result;
}

std::vector<std::vector<Landmarks>> known_of(const KnownTake& take,
                                             std::span<const TruthSpan> spans) {
  std::vector<std::vector<Landmarks>> known;
  for (const TruthSpan& each : spans) {
    if (known.size() == 8) break;
    known.emplace_back(take.frames.begin() + static_cast<std::ptrdiff_t>(each.first),
                       take.frames.begin() + static_cast<std::ptrdiff_t>(each.last) + 1);
  }
  return known;
}

class Bench {
 public:
  Bench(std::filesystem::path folder, Options options)
      : folder_(std::move(folder)), options_(options) {}

  void run() {
    for (const std::string& name : take_names(folder_)) {
      if (name.find(options_.only) != std::string::npos) run_take(name);
    }
    for (const auto& [name, score] : totals_) print_score(name, score);
  }

 private:
  void run_take(const std::string& name) {
    const KnownTake take = read_take(folder_, name);
    cut(take);
  }

  void cut(const KnownTake& take) {
    CutQuestion question;
    if (options_.said) question.said = static_cast<int>(take.repetitions.size());
    question.is_mixed = take.what == "mixed";
    std::vector<std::vector<Landmarks>> known;
    if (const auto right = known_.find(take.of); options_.known && right != known_.end())
      known = right->second;
    question.known = known;
    const double begin_s = now_s();
    const Cut cut = cut_take(take.frames, question, options_.tuning);
    const double time_s = now_s() - begin_s;
    const auto spans = spans_of(cut.repetitions);
    CutScore score = score_of(take, spans);
    score.time_s = time_s;
    score.length_s = duration_s(take.frames);
    score.offered = score.exact;
    for (const CutReading& reading : cut.readings)
      score.offered |= reading.repetitions.size() == take.repetitions.size() ? 1 : 0;
    if (take.what == "right") known_[take.name] = known_of(take, spans);
    add(take, score);
    if (!options_.lines) return;
    std::printf("%-30s %2zu of %2zu %s foreign %d found %d |", take.name.c_str(), spans.size(),
                take.repetitions.size(), score.exact ? " " : "*", score.foreign, score.found);
    for (const CutReading& reading : cut.readings)
      std::printf(" %zu %.2f", reading.repetitions.size(), reading.share);
    std::printf("\n");
    if (score.exact) return;
    for (const auto& each : take.repetitions) std::printf(" %zu-%zu", each.first, each.last);
    std::printf("\n  intr");
    for (const auto& each : take.intruders) std::printf(" %zu-%zu", each.first, each.last);
    std::printf("\n  cut ");
    for (const auto& each : spans) std::printf(" %zu-%zu", each.first, each.last);
    std::printf("\n  left");
    for (const auto& each : cut.left_out) std::printf(" %zu-%zu", each.span.first, each.span.last);
    std::printf("\n");
  }

  void add(const KnownTake& take, const CutScore& score) {
    totals_[take.what].add(score);
    totals_[take.what + ", " + take.kind].add(score);
  }

  std::filesystem::path folder_;
  Options options_;
  std::map<std::string, CutScore> totals_;
  std::map<std::string, std::vector<std::vector<Landmarks>>> known_;
};

}  // namespace
}  // namespace kata::bench

int main(int argc, char** argv) {
  kata::bench::Options options;
  if (argc < 2) return 1;
  for (int i = 2; i < argc; ++i) {
    if (std::strcmp(argv[i], "said") == 0) options.said = true;
    if (std::strcmp(argv[i], "known") == 0) options.known = true;
    if (std::strcmp(argv[i], "lines") == 0) options.lines = true;
    kata::bench::set_number(options.tuning, argv[i]);
    if (std::strcmp(argv[i], "only") == 0 && i + 1 < argc) options.only = argv[++i];
  }
  kata::bench::Bench(argv[1], options).run();
}
