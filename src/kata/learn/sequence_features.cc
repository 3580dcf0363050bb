// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "kata/core/error.h"
#include "kata/learn/sequence_file.h"
#include "kata/motion/features.h"
#include "kata/motion/point_features.h"

namespace kata {
namespace {

constexpr std::uint32_t kFrames = 64;

/// Where the coordinates of a point are among the channels; −1 = it has none.
struct PointColumns {
  std::string name;
  int axes[3] = {-1, -1, -1};
};

std::vector<PointColumns> find_points(const std::vector<std::string>& channels) {
  std::vector<PointColumns> points;
  for (std::size_t c = 0; c < channels.size(); ++c) {
    const std::string& channel = channels[c];
    if (channel.size() < 3 || channel[channel.size() - 2] != '_') continue;
    const char letter = channel.back();
    if (letter < 'x' || letter > 'z') continue;
    const std::string name = channel.substr(0, channel.size() - 2);
    auto point = std::find_if(points.begin(), points.end(),
                              [&](const PointColumns& p) { return p.name == name; });
    if (point == points.end()) {
      points.push_back({name});
      point = points.end() - 1;
    }
    point->axes[letter - 'x'] = static_cast<int>(c);
  }
  std::erase_if(points, [](const PointColumns& p) { return p.axes[0] < 0 || p.axes[1] < 0; });
  return points;
}

PointTrack track_of(const Series& raw, const std::vector<double>& frames,
                    const std::vector<PointColumns>& points) {
  PointTrack track = unseen_track(raw.frames, points.size());
  track.times_s = frames;
  for (std::size_t i = 0; i < raw.frames; ++i) {
    for (std::size_t p = 0; p < points.size(); ++p) {
      for (std::size_t axis = 0; axis < 3; ++axis) {
        const int column = points[p].axes[axis];
        track.at(i, p)[axis] = column < 0 ? 0.0F : raw.at(static_cast<std::size_t>(column), i);
      }
    }
  }
  return track;
}

/// "p00" … "p32", "lh00" …, "rh00" …: MediaPipe's numbering; or the names of body_skeleton().
std::optional<std::vector<PointColumns>> find_body(const std::vector<PointColumns>& points) {
  const auto numbered = [](const std::string& prefix, std::size_t number) {
    return prefix + (number < 10 ? "0" : "") + std::to_string(number);
  };
  const Skeleton& body = body_skeleton();
  std::vector<PointColumns> ordered;
  for (std::size_t i = 0; i < body.size(); ++i) {
    std::string short_name = numbered("p", i);
    if (i >= kRightHandStart) {
      short_name = numbered("rh", i - kRightHandStart);
    } else if (i >= kLeftHandStart) {
      short_name = numbered("lh", i - kLeftHandStart);
    }
    const auto found = std::find_if(points.begin(), points.end(), [&](const PointColumns& p) {
      return p.name == short_name || p.name == body.names[i];
    });
    if (found == points.end()) return std::nullopt;
    ordered.push_back(*found);
  }
  return ordered;
}

/// Body tracks need the picture's aspect, which such files do not tell: 4:3 as for any unknown one.
void widen(PointTrack& track) {
  constexpr float kAspect = 4.0F / 3.0F;
  for (std::size_t i = 0; i + 2 < track.xyz.size(); i += 3) {
    track.xyz[i] *= kAspect;
    track.xyz[i + 2] *= kAspect;
  }
}

void add_body_features(const SequenceTable& table, const std::vector<PointColumns>& points,
                       EvaluationSet& set) {
  std::vector<PointTrack> tracks;
  for (std::size_t i = 0; i < table.series.size(); ++i) {
    tracks.push_back(track_of(table.series[i], table.frames[i], points));
    widen(tracks.back());
  }
  FeaturePlan plan = plan_features(tracks);
  plan.with_legs = false;  // such files do not say which legs are guessed
  set.dataset.body_channels = body_channels(plan);
  for (const PointTrack& track : tracks) {
    std::vector<Series> views = body_features_around(track, plan);
    set.dataset.series.push_back(views.front());
    set.mirrored.push_back(body_features(mirrored(track, body_skeleton()), plan));
    set.views.emplace_back(views.begin() + 1, views.end());
  }
}

void add_point_features(const SequenceTable& table, const std::vector<PointColumns>& points,
                        const SequenceRoles& roles, EvaluationSet& set) {
  constexpr float kLevelShare = 0.5F;  // where a body is on average tells persons, not movements
  std::vector<std::string> names;
  for (const PointColumns& point : points) names.push_back(point.name);
  const Skeleton skeleton = skeleton_from_names(std::move(names));
  std::vector<PointTrack> tracks;
  for (std::size_t i = 0; i < table.series.size(); ++i) {
    tracks.push_back(track_of(table.series[i], table.frames[i], points));
  }
  const PointPlan plan = plan_points(tracks, skeleton, roles.origin, roles.scale);
  for (const PointTrack& track : tracks) {
    set.dataset.series.push_back(point_features(track, plan));
    set.mirrored.push_back(point_features(mirrored(track, skeleton), plan));
  }
  set.dataset.level_share = kLevelShare;
}

/// Channels as they are, from their start, and their change from frame to frame.
Series with_changes(const Series& raw) {
  Series result(3 * raw.channels, raw.frames);
  for (std::size_t c = 0; c < raw.channels; ++c) {
    const auto from = raw.channel(c);
    for (std::size_t i = 0; i < raw.frames; ++i) {
      const std::size_t before = i > 0 ? i - 1 : 0;
      const std::size_t after = std::min(i + 1, raw.frames - 1);
      const float span = static_cast<float>(std::max<std::size_t>(1, after - before));
      result.channel(c)[i] = from[i];
      result.channel(raw.channels + c)[i] = from[i] - from[0];
      result.channel(2 * raw.channels + c)[i] = (from[after] - from[before]) / span;
    }
  }
  return result;
}

/// One unit for all channels: each is divided by its deviation over all sequences.
void equalise(std::vector<Series>& all) {
  for (std::size_t c = 0; !all.empty() && c < all[0].channels; ++c) {
    double sum = 0;
    double squares = 0;
    double count = 0;
    for (const Series& series : all) {
      for (const float value : series.channel(c)) {
        if (!std::isfinite(value)) continue;
        sum += static_cast<double>(value);
        squares += static_cast<double>(value) * static_cast<double>(value);
        ++count;
      }
    }
    if (count < 1) continue;
    const double variance = squares / count - (sum / count) * (sum / count);
    const float scale = static_cast<float>(1 / (std::sqrt(std::max(variance, 0.0)) + 1e-9));
    for (Series& series : all) {
      for (float& value : series.channel(c)) value *= scale;
    }
  }
}

std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 60;
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < kMost; ++i)
    text += (i == 0 ? "" : ", ") + names[i];
  return names.size() > kMost ? text + ", …" : text;
}

void add_features(const SequenceTable& table, const SequenceRoles& roles, EvaluationSet& set) {
  const auto points = find_points(table.channels);
  if (const auto body = find_body(points)) {
    if (!roles.origin.empty() || !roles.scale.empty()) {
      throw Error(ErrorCode::kInvalidArgument,
                  "an origin or a scale does not apply: the points are MediaPipe's 75, which are "
                  "measured from the body itself");
    }
    return add_body_features(table, *body, set);
  }
  if (points.size() >= 2) return add_point_features(table, points, roles, set);
  if (!roles.origin.empty() || !roles.scale.empty()) {
    throw Error(ErrorCode::kInvalidArgument,
                "an origin or a scale needs channels named <point>_x, <point>_y; there are: " +
                    listed(table.channels));
  }
  for (std::size_t i = 0; i < table.series.size(); ++i) {
    set.dataset.series.push_back(
        resampled(with_changes(table.series[i]), table.frames[i], kFrames));
  }
  equalise(set.dataset.series);
}

/// Numbers for the words of a column; `names` receives them in alphabetical order.
std::vector<std::size_t> numbered(const std::vector<std::string>& words,
                                  std::vector<std::string>& names) {
  const std::set<std::string> sorted(words.begin(), words.end());
  names.assign(sorted.begin(), sorted.end());
  std::vector<std::size_t> result;
  for (const std::string& word : words) {
    const auto found = std::lower_bound(names.begin(), names.end(), word);
    result.push_back(static_cast<std::size_t>(found - names.begin()));
  }
  return result;
}

/// The words of one column for the sequences in the file's order; empty for an unnamed column.
std::vector<std::string> words_of(const SequenceTable& table, const IndexTable& index,
                                  const std::string& column) {
  if (column.empty()) return {};
  const std::size_t place = index.column(column);
  std::vector<std::string> words;
  for (const std::string& name : table.names) {
    const auto row = index.rows.find(name);
    if (row == index.rows.end()) {
      throw Error(ErrorCode::kCorrupt, "the index says nothing of the sequence " + name +
                                           (index.file.empty() ? "" : ": " + index.file));
    }
    words.push_back(row->second[place]);
  }
  return words;
}

}  // namespace

EvaluationSet evaluation_set_from_sequences(const SequenceTable& sequences, const IndexTable& index,
                                            const SequenceRoles& roles) {
  EvaluationSet set;
  const std::vector<std::string> labels = words_of(sequences, index, roles.label);
  const auto unlabelled = std::ranges::find(labels, "");
  if (unlabelled != labels.end()) {
    throw Error(ErrorCode::kCorrupt,
                "the index names no class of the sequence " +
                    sequences.names[static_cast<std::size_t>(unlabelled - labels.begin())] +
                    (index.file.empty() ? "" : ": " + index.file));
  }
  set.dataset.labels = numbered(labels, set.dataset.classes);
  if (!roles.group.empty()) {
    set.dataset.groups = numbered(words_of(sequences, index, roles.group), set.group_names);
  }
  set.split_words = words_of(sequences, index, roles.split);
  set.names = sequences.names;
  add_features(sequences, roles, set);
  for (const auto& frames : sequences.frames) {
    set.durations_s.push_back(frames.back() - frames.front());  // in frames: only compared
  }
  return set;
}

}  // namespace kata
