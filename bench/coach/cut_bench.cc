// SPDX-License-Identifier: Apache-2.0
// How exactly takes are cut into repetitions: count and edges against the truth, and the time it
// takes.
//
//   cut_bench DATA [TRACKS] [PROTOCOL…] [details]    DATA holds synthetic/ and videos/, TRACKS what
//   `kata track --jsonl` wrote of each
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <random>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "kata/core/error.h"
#include "kata/motion/repetition_cut.h"
#include "synthetic_clip.h"

namespace kata::bench {
namespace {

struct CutScore {
  int takes = 0, exact = 0, truth = 0, found = 0;
  double edge_sum_s = 0;
  int edges = 0;
  double sure_sum = 0;
};

void print_spans(const LabTake& take, const std::vector<CutSpan>& spans) {
  std::printf("    truth");
  for (const LabTruth& truth : take.repetitions)
    std::printf(" %.1f–%.1f", truth.start_s, truth.end_s);
  std::printf("\n    cut  ");
  for (const CutSpan& span : spans) {
    std::printf(" %.1f–%.1f", seconds(take.frames[span.first].timestamp),
                seconds(take.frames[span.last].timestamp));
  }
  std::printf("\n");
}

void add(CutScore& total, const LabTake& take, bool with_line, bool with_spans = true) {
  const auto spans = cut_repetitions(take.frames);
  CutScore one;
  one.takes = 1;
  one.truth = static_cast<int>(take.repetitions.size());
  one.found = static_cast<int>(spans.size());
  one.exact = one.truth == one.found ? 1 : 0;
  for (const CutSpan& span : spans) {
    const double start_s = seconds(take.frames[span.first].timestamp);
    const double end_s = seconds(take.frames[span.last].timestamp);
    double best = 1e9;
    for (const LabTruth& truth : take.repetitions)
      best = std::min(best, std::abs(start_s - truth.start_s) + std::abs(end_s - truth.end_s));
    one.edge_sum_s += best;
    one.edges += 2;
    one.sure_sum += span.first_confidence + span.last_confidence;
  }
  if (with_line) {
    std::printf("%-34s %2d of %2d  edges %.2f s on average  confidence %.2f%s\n", take.name.c_str(),
                one.found, one.truth, one.edges ? one.edge_sum_s / one.edges : 0,
                one.edges ? one.sure_sum / one.edges : 0, one.exact ? "" : "   <-- not exact");
    if (with_spans && !one.exact) print_spans(take, spans);
  }
  total.takes += 1;
  total.exact += one.exact;
  total.truth += one.truth;
  total.found += one.found;
  total.edge_sum_s += one.edge_sum_s;
  total.edges += one.edges;
}

void print_total(const char* name, const CutScore& s) {
  std::printf("%-34s exact in %d of %d takes; %d of %d repetitions; edges %.3f s on average\n",
              name, s.exact, s.takes, s.found, s.truth, s.edges ? s.edge_sum_s / s.edges : 0);
}

const char* const kMovements[] = {"polish", "saw", "hammer", "hello", "fold"};

void cut_videos(const std::string& tracks) {
  struct Video {
    const char* name;
    int width, height, count;
  };
  for (const Video& video : {Video{"squats_mediapipe", 310, 174, 5},
                             {"pushups_mediapipe", 310, 174, 5},
                             {"bicep_curl_ngoquoc", 480, 270, 8},  // a ninth ends with the clip
                             {"squat_rohanx01", 404, 720, 2}}) {
    const auto frames = read_track(tracks + "/" + video.name + ".jsonl", video.width, video.height);
    const auto spans = cut_repetitions(frames);
    std::printf("%-34s %zu of %d%s  ", video.name, spans.size(), video.count,
                static_cast<int>(spans.size()) == video.count ? "" : "   <-- not exact");
    for (const CutSpan& span : spans) {
      std::printf(" %.1f–%.1f (%.2f %.2f)", seconds(frames[span.first].timestamp),
                  seconds(frames[span.last].timestamp), span.first_confidence,
                  span.last_confidence);
    }
    std::printf("\n");
  }
}

/// Other bodies, cameras, tempos and worse trackers, the same for all clips of a round.
void stress(const std::string& data, const std::string& tracks, int rounds, bool with_lines) {
  CutScore all;
  for (const char* movement : kMovements) {
    CutScore of_movement;
    for (const char* kind : {"-teacher-right", "-teacher-wrong"}) {
      const SyntheticClip clip =
          load_synthetic(data + "/synthetic", movement + std::string(kind), tracks);
      std::mt19937_64 random(7);
      std::uniform_real_distribution<double> unit(-1, 1);
      for (int round = 0; round < rounds; ++round) {
        Viewpoint view;
        view.yaw_deg = 25 * unit(random);
        view.pitch_deg = 6 * unit(random);
        view.arm_scale = 1 + 0.1 * unit(random);
        view.width_scale = 1 + 0.1 * unit(random);
        view.scale = 1 + 0.15 * unit(random);
        view.tempo = std::exp(0.4 * unit(random));
        view.noise_px = 2 + 2 * unit(random);
        view.lost_hands = 0.15 + 0.15 * unit(random);
        view.is_mirrored = unit(random) > 0.5;
        view.seed = static_cast<std::uint64_t>(round) + 1;
        LabTake take = seen_from(clip, view);
        take.name += " round " + std::to_string(round);
        add(of_movement, take, with_lines);
      }
    }
    print_total((std::string("stress ") + movement).c_str(), of_movement);
    all.takes += of_movement.takes;
    all.exact += of_movement.exact;
    all.truth += of_movement.truth;
    all.found += of_movement.found;
    all.edge_sum_s += of_movement.edge_sum_s;
    all.edges += of_movement.edges;
  }
  print_total("stress, all", all);
}

/// The same posture as a tracker sees it again: every point a pixel off.
Landmarks trembling(Landmarks frame, std::mt19937_64& random) {
  std::normal_distribution<double> one_pixel(0, 1);
  const auto move = [&](auto& part) {
    if (!part) return;
    for (auto& point : part->points) {
      point.x += static_cast<float>(one_pixel(random) / frame.image_width);
      point.y += static_cast<float>(one_pixel(random) / frame.image_height);
    }
  };
  move(frame.pose);
  move(frame.left_hand);
  move(frame.right_hand);
  return frame;
}

/// Five minutes with thirty repetitions and pauses, out of one take's.
void time_long_take(const SyntheticClip& clip) {
  const LabTake take = seen_from(clip, {.noise_px = 1});
  LabTake longer;
  std::mt19937_64 random(3);
  double at_s = 0;
  const double length_s = take.duration_s();
  for (int i = 0; i < 4; ++i) {
    for (Landmarks frame : take.frames) {
      frame.timestamp = timestamp_from_seconds(at_s + seconds(frame.timestamp));
      longer.frames.push_back(std::move(frame));
    }
    at_s += length_s + 0.04;
    for (; at_s < (i + 1) * 75; at_s += 0.04) {
      longer.frames.push_back(trembling(take.frames.back(), random));
      longer.frames.back().timestamp = timestamp_from_seconds(at_s);
    }
  }
  const std::clock_t begin = std::clock();
  const auto spans = cut_repetitions(longer.frames);
  const double spent_s = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  std::printf("%zu repetitions of 32 in %.0f s (%zu frames) cut in %.3f s of one core\n",
              spans.size(), seconds(longer.frames.back().timestamp), longer.frames.size(), spent_s);
}

/// How many repetitions are cut with both edges less than a quarter of their length off.
struct WholeScore {
  int truth = 0, found = 0, right = 0, takes = 0, good = 0;

  void add(const LabTake& take, std::span<const std::vector<Landmarks>> known, bool with_lines) {
    const auto spans = cut_repetitions(take.frames, CutOptions{std::nullopt, known});
    int here = 0;
    for (const LabTruth& one : take.repetitions) {
      const double most_s = (one.end_s - one.start_s) / 4;
      here += std::any_of(spans.begin(), spans.end(), [&](const CutSpan& span) {
        return std::abs(seconds(take.frames[span.first].timestamp) - one.start_s) < most_s &&
               std::abs(seconds(take.frames[span.last].timestamp) - one.end_s) < most_s;
      });
    }
    const bool is_good = here + 1 >= static_cast<int>(take.repetitions.size());
    truth += static_cast<int>(take.repetitions.size());
    found += static_cast<int>(spans.size());
    right += here;
    good += is_good;
    ++takes;
    if (is_good || !with_lines) return;
    std::printf("%s: %d of %zu\n", take.name.c_str(), here, take.repetitions.size());
    print_spans(take, spans);
  }
  void add(const WholeScore& other) {
    truth += other.truth, found += other.found, right += other.right;
    takes += other.takes, good += other.good;
  }
  void print(const char* name) const {
    std::printf("%-34s well cut %d of %d repetitions (%d found); all but one in %d of %d takes\n",
                name, right, truth, found, good, takes);
  }
};

std::vector<std::vector<Landmarks>> cut_frames(const LabTake& take) {
  std::vector<std::vector<Landmarks>> result;
  for (const CutSpan& span : cut_repetitions(take.frames)) {
    const auto begin = take.frames.begin();
    result.emplace_back(begin + static_cast<std::ptrdiff_t>(span.first),
                        begin + static_cast<std::ptrdiff_t>(span.last) + 1);
  }
  return result;
}

/// Takes whose first and last frame lie anywhere, in the middle of a repetition too; cut by
/// themselves, and where the movement's other take was cut before.
void begun_anywhere(const std::string& data, const std::string& tracks, bool with_lines) {
  WholeScore looped, part, looped_after, part_after;
  for (const char* movement : kMovements) {
    WholeScore looped_here, part_here, looped_after_here, part_after_here;
    const auto tracked = [&](const char* kind) {
      return as_tracked(load_synthetic(data + "/synthetic", std::string(movement) + kind, tracks));
    };
    const LabTake right = tracked("-teacher-right"), wrong = tracked("-teacher-wrong");
    for (const auto& [clip, other] : {std::pair{&right, &wrong}, std::pair{&wrong, &right}}) {
      const auto known = cut_frames(*other);
      const auto& all = clip->frames;
      for (std::size_t first = 0; first < all.size(); first += 11) {
        const LabTake take = begun_within(*clip, first, 17);
        looped_here.add(take, {}, with_lines);
        looped_after_here.add(take, known, with_lines);
      }
      for (std::size_t first = 0; first < all.size() * 2 / 5; first += 17) {
        for (double end = 0.6; end <= 1; end += 0.06) {
          const double length_s = end * clip->duration_s() - seconds(all[first].timestamp);
          const LabTake take = begun_within(*clip, first, length_s);
          part_here.add(take, {}, with_lines);
          part_after_here.add(take, known, with_lines);
        }
      }
    }
    looped_here.print((std::string("round and round, ") + movement).c_str());
    looped_after_here.print((std::string("  where another is known, ") + movement).c_str());
    part_here.print((std::string("part of a take, ") + movement).c_str());
    part_after_here.print((std::string("  where another is known, ") + movement).c_str());
    looped.add(looped_here);
    part.add(part_here);
    looped_after.add(looped_after_here);
    part_after.add(part_after_here);
  }
  looped.print("round and round, all");
  looped_after.print("  where another is known, all");
  part.print("part of a take, all");
  part_after.print("  where another is known, all");
}

/// As a live take is taught: standing still at first, ended a while after the fifth repetition,
/// with the next one begun; as tracked, and of other bodies and cameras.
void begun_at_rest(const std::string& data, const std::string& tracks, bool with_lines) {
  WholeScore all, all_after;
  for (const char* movement : kMovements) {
    WholeScore here, after;
    const auto clip_of = [&](const char* kind) {
      return load_synthetic(data + "/synthetic", std::string(movement) + kind, tracks);
    };
    const SyntheticClip right = clip_of("-teacher-right"), wrong = clip_of("-teacher-wrong");
    std::mt19937_64 random(11);
    std::uniform_real_distribution<double> unit(-1, 1);
    for (int round = 0; round < 7; ++round) {
      Viewpoint view;
      view.yaw_deg = 25 * unit(random);
      view.arm_scale = 1 + 0.1 * unit(random);
      view.scale = 1 + 0.15 * unit(random);
      view.tempo = std::exp(0.3 * unit(random));
      view.noise_px = 2;
      view.lost_hands = 0.1;
      view.seed = static_cast<std::uint64_t>(round) + 1;
      const auto seen = [&](const SyntheticClip& clip) {
        return round == 0 ? as_tracked(clip) : seen_from(clip, view);
      };
      const LabTake shown_right = seen(right), shown_wrong = seen(wrong);
      for (const double more_s : {0.2, 0.6, 1.0, 1.4, 1.8, 2.2}) {
        const auto ended = [&](const LabTake& take) {
          LabTake part = begun_within(take, 0, take.repetitions[4].end_s + more_s);
          part.name += " until " + std::to_string(more_s) + " s after the fifth, round " +
                       std::to_string(round);
          return part;
        };
        here.add(ended(shown_right), {}, with_lines);
        here.add(ended(shown_wrong), {}, with_lines);
        after.add(ended(shown_wrong), cut_frames(ended(shown_right)), with_lines);
      }
    }
    here.print((std::string("begun at rest, ") + movement).c_str());
    after.print((std::string("  wrong after right, ") + movement).c_str());
    all.add(here);
    all_after.add(after);
  }
  all.print("begun at rest, all");
  all_after.print("  wrong after right, all");
}

void whole_takes(const std::string& data, const std::string& tracks) {
  CutScore total;
  for (const char* movement : kMovements) {
    for (const char* kind : {"-teacher-right", "-teacher-wrong"}) {
      const SyntheticClip clip =
          load_synthetic(data + "/synthetic", movement + std::string(kind), tracks);
      add(total,
          tracks.empty() ? seen_from(clip, {.noise_px = 2, .lost_hands = 0.05}) : as_tracked(clip),
          true);
    }
  }
  print_total("synthetic teacher takes", total);
}

int run(const std::string& data, const std::string& tracks, const std::set<std::string>& words) {
  const bool with_lines = words.count("details") > 0;
  const auto wanted = [&](const char* protocol) {
    return words.size() == (with_lines ? 1U : 0U) || words.count(protocol) > 0;
  };
  if (wanted("whole")) whole_takes(data, tracks);
  if (!tracks.empty() && wanted("videos")) cut_videos(tracks);
  if (!tracks.empty() && wanted("rest")) begun_at_rest(data, tracks, with_lines);
  if (!tracks.empty() && wanted("anywhere")) begun_anywhere(data, tracks, with_lines);
  if (wanted("stress")) stress(data, tracks, 20, with_lines);
  if (!wanted("time")) return 0;
  for (const char* movement : kMovements)
    time_long_take(
        load_synthetic(data + "/synthetic", movement + std::string("-teacher-right"), tracks));
  return 0;
}

}  // namespace
}  // namespace kata::bench

int main(int count, char** words) {
  if (count < 2) {
    std::fprintf(stderr,
                 "cut_bench DATA [TRACKS] [PROTOCOL…] [details]: DATA holds synthetic/ and "
                 "videos/; PROTOCOL is "
                 "whole, videos, rest, anywhere, stress or time, or all of them\n");
    return 2;
  }
  try {
    const std::set<std::string> more(words + std::min(count, 3), words + count);
    return kata::bench::run(words[1], count > 2 ? words[2] : "", more);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "cut_bench: %s\n", problem.what());
    return 1;
  }
}
