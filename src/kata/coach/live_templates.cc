// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/live_templates.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <utility>

#include "kata/motion/body_frame.h"
#include "kata/motion/point_track.h"

namespace kata {
namespace {

/// Another person in another camera, as a multiple of what one person varies.
constexpr double kOtherPerson = 4;
/// Limit of resemblance as a share of the movement's own reach; live_match.h has the upper one.
constexpr double kLeastShareOfReach = 0.2;
/// A value that moves this little, in body units, says nothing.
constexpr double kStill = 0.05;
/// Moments at which repetitions are compared; and what is left of the weight of a value that goes
/// its own way each time.
constexpr std::size_t kPhases = 24;
constexpr double kLeastShared = 0.05;

/// Variety is the distance that this share of the repetitions stays within, of no fewer than these.
constexpr double kVarietyShare = 0.75;
constexpr std::size_t kLeastOfVariety = 3;

/// Nearer to where it began or ends than this share of the reach, a repetition stands still.
constexpr double kStandsStill = 0.12;
/// Cameras on either side of the teacher's from which a learner may be seen as well.
constexpr Turn kOtherCameras[] = {{-0.35, 0}, {0.35, 0}, {-0.35, 2.5}, {0.35, 2.5}};

using Postures = std::vector<LivePosture>;

/// Variance of each value over a repetition; 0 where it is not seen.
std::vector<double> variances(const Postures& postures) {
  std::vector<double> result(live_posture_size(), 0.0);
  for (std::size_t i = 0; i < result.size(); ++i) {
    double mean = 0, squares = 0, seen = 0;
    for (const LivePosture& posture : postures) {
      if (!std::isfinite(posture[i])) continue;
      mean += posture[i];
      squares += static_cast<double>(posture[i]) * posture[i];
      seen += 1;
    }
    if (seen < 2) continue;
    result[i] = std::max(0.0, squares / seen - (mean / seen) * (mean / seen));
  }
  return result;
}

/// A repetition's course of one value from its mean, at `kPhases` moments; empty where it is not
/// seen throughout.
std::vector<double> course_of_value(const Postures& postures, std::size_t value) {
  std::vector<double> course;
  double mean = 0;
  for (std::size_t k = 0; k < kPhases; ++k) {
    const std::size_t at = k * (postures.size() - 1) / (kPhases - 1);
    if (!std::isfinite(postures[at][value])) return {};
    course.push_back(static_cast<double>(postures[at][value]));
    mean += course.back() / kPhases;
  }
  for (double& one : course) one -= mean;
  return course;
}

/// Share of what a value does that it does in every repetition alike: 1 for a joint that leads the
/// movement, near 0 for a hand that is lost and guessed at, or fidgets.
double shared_by(const std::vector<Postures>& repetitions, std::size_t value) {
  std::vector<double> mean(kPhases, 0.0);
  double all = 0, seen = 0;
  for (const Postures& repetition : repetitions) {
    const std::vector<double> course = course_of_value(repetition, value);
    for (std::size_t k = 0; k < course.size(); ++k) {
      mean[k] += course[k];
      all += course[k] * course[k];
    }
    seen += course.empty() ? 0 : 1;
  }
  if (seen < 2 || all <= 0) return 1;
  double shared = 0;
  for (const double sum : mean) shared += sum * sum / seen;
  // Of independent courses a share of 1/n would seem shared.
  return std::max(0.0, (shared / all - 1 / seen) / (1 - 1 / seen));
}

/// What moves in a movement counts, and moves alike each time; what is still tells bodies and
/// cameras apart, not movements.
LivePosture weights_of(const std::vector<Postures>& right, const std::vector<Postures>& all) {
  std::vector<double> mean(live_posture_size(), 0.0);
  for (const Postures& repetition : all) {
    const std::vector<double> variance = variances(repetition);
    for (std::size_t i = 0; i < mean.size(); ++i) {
      mean[i] += variance[i] / static_cast<double>(all.size());
    }
  }
  const double most = *std::max_element(mean.begin(), mean.end());
  LivePosture weights;
  for (std::size_t i = 0; i < mean.size(); ++i) {
    const double moved = mean[i] / (mean[i] + kStill * kStill + 0.1 * most);
    weights.push_back(static_cast<float>(moved * std::max(kLeastShared, shared_by(right, i))));
  }
  return weights;
}

double reach(const Postures& postures, const LivePosture& weights) {
  return posture_reach(
      postures.size(), [&](std::size_t k) -> const LivePosture& { return postures[k]; }, weights);
}

double weighted_distance(const LivePosture& a, const LivePosture& b, const LivePosture& weights) {
  double sum = 0, weight = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!std::isfinite(a[i]) || !std::isfinite(b[i])) continue;
    sum += static_cast<double>(weights[i] * (a[i] - b[i]) * (a[i] - b[i]));
    weight += static_cast<double>(weights[i]);
  }
  return weight > 0 ? std::sqrt(sum / weight) : 0;
}

LiveCourse course_of(const Postures& whole, double whole_s, const LivePosture& weights) {
  const double still = kStandsStill * reach(whole, weights);
  const std::size_t most = whole.size() / 4;  // taken off at either end
  std::size_t begin = 0, end = whole.size();
  while (begin < most && weighted_distance(whole[begin + 1], whole.front(), weights) < still)
    ++begin;
  while (whole.size() - end < most &&
         weighted_distance(whole[end - 2], whole.back(), weights) < still)
    --end;
  const double step_s = whole_s / static_cast<double>(whole.size() - 1);
  LiveCourse course;
  course.postures.assign(whole.begin() + static_cast<std::ptrdiff_t>(begin),
                         whole.begin() + static_cast<std::ptrdiff_t>(end));
  course.lead_s = step_s * static_cast<double>(begin);
  course.tail_s = step_s * static_cast<double>(whole.size() - end);
  course.duration_s = whole_s - course.lead_s - course.tail_s;
  return course;
}

/// What `share` of the values lie below (0.5: their median); they are put in another order.
double quantile(std::vector<double>& values, double share) {
  const auto place = static_cast<std::size_t>(share * static_cast<double>(values.size()));
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::min(place, values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

double standard_deviation(const std::vector<double>& values) {
  double mean = 0, squares = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(values.size()));
}

/// How long repetitions of one kind, right or wrong, take: three of four take longer than
/// `least_usual_s`.
void tell_usual_durations(std::span<LiveCourse> courses) {
  if (courses.empty()) return;
  std::vector<double> durations_s, logarithms;
  for (const LiveCourse& course : courses) {
    durations_s.push_back(course.duration_s);
    logarithms.push_back(std::log(course.duration_s));
  }
  const double least_usual_s = quantile(durations_s, 0.25);
  const double spread = standard_deviation(logarithms);
  for (LiveCourse& course : courses) {
    course.least_usual_s = least_usual_s;
    course.spread_of_durations = spread;
  }
}

/// As a camera that stands elsewhere would have seen it.
std::vector<Landmarks> turned(std::vector<Landmarks> frames, Turn turn) {
  const PointTrack track = turned_body(filled(track_from_landmarks(frames)), turn);
  for (std::size_t f = 0; f < frames.size(); ++f) {
    Landmarks& frame = frames[f];
    const float aspect = picture_aspect(frame);
    const auto put = [&](PointInUnit& point, std::size_t index) {
      if (track.is_seen(f, index)) point.x = track.at(f, index)[0] / aspect;
    };
    for (std::size_t i = 0; frame.pose && i < kPosePoints; ++i) put(frame.pose->points[i], i);
    for (std::size_t i = 0; frame.left_hand && i < kHandPoints; ++i)
      put(frame.left_hand->points[i], kPosePoints + i);
    for (std::size_t i = 0; frame.right_hand && i < kHandPoints; ++i)
      put(frame.right_hand->points[i], kPosePoints + kHandPoints + i);
  }
  return frames;
}

/// Distance of a whole repetition to another as live matching would find it.
double live_distance(const Postures& taught, double taught_s, const Postures& stream,
                     double stream_s, const LivePosture& weights) {
  LiveTemplate one({taught, taught_s}, 0, weights, 1.0);
  LiveHistory history;
  for (std::size_t k = 0; k < stream.size(); ++k) {
    const double share = static_cast<double>(k) / static_cast<double>(stream.size() - 1);
    history.push(stream[k], share * stream_s);
    one.step(history);
  }
  return one.distance_at_end();
}

/// Of each repetition from `first` to before `end` the distance to the nearest other one of them.
std::vector<double> to_nearest(const std::vector<std::vector<double>>& distances, std::size_t first,
                               std::size_t end) {
  std::vector<double> nearest;
  for (std::size_t i = first; i < end; ++i) {
    nearest.push_back(std::numeric_limits<double>::infinity());
    for (std::size_t k = first; k < end; ++k) {
      if (i != k) nearest.back() = std::min(nearest.back(), distances[i][k]);
    }
  }
  return nearest;
}

struct Resemblance {
  double limit = 0;
  LiveVariety variety;
};

/// Of some repetitions' distances to the nearest other; 0 where they are too few to tell.
double variety_of(std::vector<double> nearest) {
  std::erase_if(nearest, [](double distance) { return !std::isfinite(distance); });
  return nearest.size() < kLeastOfVariety ? 0 : quantile(nearest, kVarietyShare);
}

/// How near a stretch must come. What one person varies says how exactly a movement is seen and
/// done; another body and camera vary it more, but never as far as the movement reaches. The first
/// `rights` are right.
Resemblance resemblance_of(const std::vector<Postures>& taught,
                           const std::vector<double>& durations_s, std::size_t rights,
                           const LivePosture& weights) {
  std::vector<std::vector<double>> distances(taught.size(), std::vector<double>(taught.size()));
  double usual = 0;
  for (std::size_t i = 0; i < taught.size(); ++i) {
    usual += reach(taught[i], weights) / static_cast<double>(taught.size());
    for (std::size_t k = 0; k < taught.size(); ++k) {
      if (i == k) continue;
      distances[i][k] =
          live_distance(taught[i], durations_s[i], taught[k], durations_s[k], weights);
    }
  }
  std::vector<double> of_all = to_nearest(distances, 0, taught.size());
  Resemblance result;
  result.limit = std::clamp(kOtherPerson * quantile(of_all, 0.5), kLeastShareOfReach * usual,
                            kMostShareOfReach * usual);
  if (!(result.limit > 0)) return result;
  result.variety.right = variety_of(to_nearest(distances, 0, rights)) / result.limit;
  result.variety.wrong = variety_of(to_nearest(distances, rights, taught.size())) / result.limit;
  return result;
}

}  // namespace

LiveMeasure live_measure(const Judge& judge) {
  std::vector<Landmarks> frames;
  for (const std::string& name : judge.movements()) {
    for (const auto& repetitions : {judge.prototypes(name), judge.wrong_prototypes(name)}) {
      for (const Repetition& one : repetitions)
        frames.insert(frames.end(), one.frames.begin(), one.frames.end());
    }
  }
  return live_measure(frames);
}

LiveTemplates live_templates(const Judge& judge, LiveMeasure measured) {
  LiveTemplates result;
  result.varieties.resize(judge.movements().size());
  for (std::size_t movement = 0; movement < judge.movements().size(); ++movement) {
    const std::string& name = judge.movements()[movement];
    std::vector<Postures> taught;
    std::vector<double> durations_s;
    std::vector<const std::vector<Landmarks>*> lessons;
    std::size_t rights = 0;
    for (const auto& repetitions : {judge.prototypes(name), judge.wrong_prototypes(name)}) {
      for (const Repetition& repetition : repetitions) {
        if (repetition.frames.size() < 4) continue;
        taught.push_back(live_postures(repetition.frames, measured));
        lessons.push_back(&repetition.frames);
        durations_s.push_back(duration_s(repetition.frames));
      }
      if (rights == 0) rights = taught.size();
    }
    if (taught.empty()) continue;
    const std::vector<Postures> right(taught.begin(),
                                      taught.begin() + static_cast<std::ptrdiff_t>(rights));
    const LivePosture weights = weights_of(right, taught);
    const Resemblance resemblance = resemblance_of(taught, durations_s, rights, weights);
    if (!(resemblance.limit > 0)) continue;
    result.varieties[movement] = resemblance.variety;
    std::vector<LiveCourse> courses;
    for (std::size_t i = 0; i < taught.size(); ++i) {
      courses.push_back(course_of(taught[i], durations_s[i], weights));
      for (const Turn camera : kOtherCameras) {
        const Postures other = live_postures(turned(*lessons[i], camera), measured);
        courses.push_back(course_of(other, durations_s[i], weights));
      }
    }
    const std::size_t right_courses = rights * (1 + std::size(kOtherCameras));
    tell_usual_durations(std::span(courses).first(right_courses));
    tell_usual_durations(std::span(courses).subspan(right_courses));
    for (LiveCourse& course : courses)
      result.templates.emplace_back(std::move(course), movement, weights, resemblance.limit);
  }
  return result;
}

}  // namespace kata
