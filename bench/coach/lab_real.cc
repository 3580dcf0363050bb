// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include "lab.h"
#include "real_pieces.h"

namespace kata::bench {
namespace {

/// Judged with the truth's edges: what the live coach's verdicts are compared with.
double offline_agreement(const Judge& judge, const std::vector<Piece>& pieces) {
  int right = 0;
  for (const Piece& piece : pieces) {
    const VerdictKind kind = judge.judge(piece.frames).kind;
    const bool is_right = piece.truth->label == Label::kCorrect;
    right += kind == (is_right ? VerdictKind::kCorrect : VerdictKind::kIncorrect) ? 1 : 0;
  }
  return pieces.empty() ? 1 : static_cast<double>(right) / static_cast<double>(pieces.size());
}

struct StreamSum {
  WatchScore live;
  double offline_right = 0;
  int offline_count = 0;

  StreamSum& operator+=(const StreamSum& other) {
    live += other.live;
    offline_right += other.offline_right;
    offline_count += other.offline_count;
    return *this;
  }
};

void add_stream(const Lab& lab, StreamSum& sum, const std::string& name,
                const std::vector<Piece>& taught, const std::vector<Piece>& done,
                const std::vector<Piece>& foreign, SpliceOptions options) {
  const auto judge = judge_of(lessons_of(taught));
  LabTake stream = splice(done, foreign, options);
  stream.name = name;
  const Watching watching = watch(judge, stream);
  if (lab.with_details) print_details(stream, watching);
  sum.live += score(stream, watching);
  sum.offline_right += offline_agreement(*judge, done) * static_cast<double>(done.size());
  sum.offline_count += static_cast<int>(done.size());
}

void print_sum(const std::string& name, const StreamSum& sum) {
  print_score(name, sum.live);
  std::printf(
      "    recall %.3f precision %.3f; agreement live %.3f offline %.3f; false %.2f a minute of "
      "foreign movement\n",
      sum.live.recall(), sum.live.precision(), sum.live.agreement(),
      sum.offline_right / std::max(1, sum.offline_count),
      sum.live.foreign_s > 0 ? 60 * sum.live.false_verdicts / sum.live.foreign_s : 0);
}

void run_seed(const Lab& lab, const std::string& name, const std::vector<Piece>& own,
              const std::vector<Piece>& others, double rate_hz) {
  StreamSum sum;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    std::vector<Piece> taught, done;
    split(own, seed % 2, taught, done);
    SpliceOptions options;
    options.seed = seed;
    options.rate_hz = rate_hz;
    // A file without times is as fast as its rate says; going from one piece to the next keeps that
    // pace.
    const double pace = 30 / rate_hz;
    options.least_bridge_s *= std::min(1.0, pace);
    add_stream(lab, sum, name, taught, done, others, options);
  }
  print_sum(name, sum);
}

std::vector<Piece> prmd_foreign(const Lab& lab, const std::string& movement,
                                const std::string& subject) {
  std::vector<Piece> foreign;
  for (const std::string& other : prmd_movements()) {
    if (other == movement) continue;
    const auto more = prmd_pieces(lab.data / "ui-prmd", other, subject);
    for (std::size_t i = 0; i < more.size(); i += 5) foreign.push_back(more[i]);
  }
  return foreign;
}

/// Each person's every second repetition teaches, that person's others are done; and the other way
/// round.
void run_prmd_same_people(const Lab& lab) {
  StreamSum all;
  for (const std::string& movement : prmd_movements()) {
    StreamSum sum;
    for (std::size_t s = 1; s <= 10; ++s) {
      const std::string subject = prmd_subject(s);
      const auto own = prmd_pieces(lab.data / "ui-prmd", movement, subject);
      const auto foreign = prmd_foreign(lab, movement, subject);
      for (std::uint64_t seed = 1; seed <= 2; ++seed) {
        std::vector<Piece> taught, done;
        split(own, seed % 2, taught, done);
        SpliceOptions options;
        options.seed = seed * 100 + s;
        add_stream(lab, sum, movement + " " + subject, taught, done, foreign, options);
      }
    }
    print_sum("ui-prmd " + movement + ", same people", sum);
    all += sum;
  }
  print_sum("ui-prmd, same people", all);
}

/// Half of the people teach, the others do it; and the other way round.
void run_prmd_other_people(const Lab& lab) {
  StreamSum all;
  for (const std::string& movement : prmd_movements()) {
    std::vector<Piece> pieces[2];
    for (std::size_t s = 1; s <= 10; ++s) {
      for (Piece& piece : prmd_pieces(lab.data / "ui-prmd", movement, prmd_subject(s)))
        pieces[s % 2].push_back(std::move(piece));
    }
    StreamSum sum;
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
      std::vector<Piece> taught;
      for (std::size_t i = 0; i < pieces[seed % 2].size(); i += 2)
        taught.push_back(pieces[seed % 2][i]);
      for (std::size_t s = 1; s <= 10; ++s) {
        if (s % 2 == seed % 2) continue;
        const std::string subject = prmd_subject(s);
        SpliceOptions options;
        options.seed = seed * 100 + s;
        add_stream(lab, sum, movement + " " + subject, taught,
                   prmd_pieces(lab.data / "ui-prmd", movement, subject),
                   prmd_foreign(lab, movement, subject), options);
      }
    }
    print_sum("ui-prmd " + movement + ", other people", sum);
    all += sum;
  }
  print_sum("ui-prmd, other people", all);
}

}  // namespace

void run_streams(const Lab& lab) {
  for (const double rate_hz : {30.0, 8.0}) {
    const auto one_hand = seed_pieces(lab.data / "seed/coordinates_2.csv", "one_hand", rate_hz);
    const auto hello = seed_pieces(lab.data / "seed/hello.csv", "hello", rate_hz);
    auto foreign_to_one = sign_pieces(lab.data / "sequences", 12);
    auto foreign_to_hello = foreign_to_one;
    for (std::size_t i = 0; i < 12; ++i) {
      foreign_to_one.push_back(hello[i * hello.size() / 12]);
      foreign_to_hello.push_back(one_hand[i * one_hand.size() / 12]);
    }
    const std::string at = " at " + std::to_string(static_cast<int>(rate_hz)) + " Hz";
    run_seed(lab, "one_hand" + at, one_hand, foreign_to_one, rate_hz);
    run_seed(lab, "hello" + at, hello, foreign_to_hello, rate_hz);
  }
  run_prmd_same_people(lab);
  run_prmd_other_people(lab);
}

namespace {

LabTake video(const Lab& lab, const std::string& name, int width, int height) {
  LabTake take;
  take.name = name;
  take.frames = read_track(lab.tracks / (name + ".jsonl"), width, height);
  return take;
}

/// The truth of the real videos is a count; where each lies is where the cut finds it.
LabTake with_cuts(LabTake take, const std::string& movement, std::size_t right_until) {
  std::vector<Repetition> cuts;
  LabTruth name;
  name.movement = movement;
  take.repetitions = {name};
  teach_by_cut(cuts, take, Label::kCorrect, 1);
  take.repetitions.clear();
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    LabTruth truth;
    truth.movement = movement;
    truth.label = i < right_until ? Label::kCorrect : Label::kIncorrect;
    truth.start_s = seconds(cuts[i].frames.front().timestamp);
    truth.end_s = seconds(cuts[i].frames.back().timestamp);
    take.repetitions.push_back(truth);
  }
  return take;
}

void curls(const Lab& lab) {
  const LabTake take = with_cuts(video(lab, "bicep_curl_ngoquoc", 480, 270), "curl", 4);
  for (std::size_t offset = 0; offset < 2; ++offset) {
    std::vector<Repetition> lessons;
    for (std::size_t i = 0; i < take.repetitions.size(); ++i) {
      if (i % 2 != offset) continue;
      Repetition one;
      one.take = static_cast<std::int64_t>(i) + 1;
      one.movement = "curl";
      one.label = take.repetitions[i].label;
      one.frames = frames_between(take, take.repetitions[i].start_s, take.repetitions[i].end_s);
      lessons.push_back(std::move(one));
    }
    WatchScore total;
    LabTake named = take;
    named.name = offset == 0 ? "curls, taught 1st 3rd 5th 7th" : "curls, taught 2nd 4th 6th 8th";
    constexpr bool kMayBeFew = true;  // `kata train --few`: two right ones and two wrong ones
    report(lab, named, watch(judge_of(lessons, kMayBeFew), named), total);
  }
}

}  // namespace

void run_videos(const Lab& lab) {
  curls(lab);
  const LabTake squats = with_cuts(video(lab, "squats_mediapipe", 310, 174), "squat", 99);
  const LabTake pushups = with_cuts(video(lab, "pushups_mediapipe", 310, 174), "pushup", 99);
  const LabTake slow = with_cuts(video(lab, "squat_rohanx01", 404, 720), "slow squat", 99);
  for (const auto& [taught, other] :
       {std::pair{&squats, &pushups}, {&pushups, &squats}, {&slow, &pushups}}) {
    for (std::size_t first = 0; first + 1 < taught->repetitions.size(); ++first) {
      std::vector<Repetition> lessons;
      teach_by_truth(lessons, *taught, 1);
      lessons = {lessons[first], lessons[first + 1]};
      const auto judge = judge_of(lessons);
      LabTake named = *taught;
      named.name += ", taught " + std::to_string(first + 1) + " and " + std::to_string(first + 2);
      WatchScore total;
      report(lab, named, watch(judge, named), total);
      LabTake foreign = *other;
      foreign.repetitions.clear();
      const Watching watching = watch(judge, foreign);
      std::printf("    on %s: %zu verdicts\n", foreign.name.c_str(), watching.verdicts.size());
      if (lab.with_details) print_details(foreign, watching);
      for (const char* more : {"dance_mediapipe", "selfie_mediapipe"}) {
        LabTake clip = video(lab, more, more[0] == 'd' ? 600 : 640, more[0] == 'd' ? 600 : 360);
        std::printf("    on %s: %zu verdicts\n", more, watch(judge, clip).verdicts.size());
      }
    }
  }
}

}  // namespace kata::bench
