// SPDX-License-Identifier: Apache-2.0
#include "real_pieces.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <sstream>
#include <utility>

#include "gzip_text.h"
#include "kata/core/topology.h"

namespace kata::bench {
namespace {

using Row = std::vector<std::string>;

std::vector<Row> rows_of(const std::filesystem::path& path) {
  std::vector<Row> rows;
  std::istringstream text(read_gzip_text(path));
  for (std::string line; std::getline(text, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    Row& row = rows.emplace_back();
    std::size_t begin = 0;
    while (begin <= line.size()) {
      const std::size_t end = std::min(line.find(',', begin), line.size());
      row.push_back(line.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  return rows;
}

float number(const std::string& text) {
  float value = std::numeric_limits<float>::quiet_NaN();
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// Points of one part; all zeros or empty cells: not seen.
template <std::size_t N>
bool read_points(const Row& row, std::size_t at, std::size_t stride, float scale,
                 std::array<PointInUnit, N>& points, std::array<float, N>* visibility = nullptr) {
  bool is_seen = false;
  for (std::size_t i = 0; i < N; ++i) {
    const std::size_t cell = at + i * stride;
    points[i] = {scale * number(row[cell]), scale * number(row[cell + 1]),
                 scale * number(row[cell + 2])};
    is_seen = is_seen || (std::isfinite(points[i].x) && points[i].x != 0);
    if (visibility) (*visibility)[i] = stride == 4 ? scale * number(row[cell + 3]) : 1;
  }
  return is_seen;
}

Landmarks frame_from(const Row& row, std::size_t at, std::size_t stride, float scale,
                     bool left_first) {
  Landmarks frame;
  Pose pose;
  pose.confidence = 1;
  if (read_points(row, at, stride, scale, pose.points, &pose.visibility)) frame.pose = pose;
  at += kPosePoints * stride;
  const std::size_t hand_stride = stride;
  for (const Side side :
       {left_first ? Side::kLeft : Side::kRight, left_first ? Side::kRight : Side::kLeft}) {
    Hand hand;
    hand.confidence = 1;
    if (read_points(row, at, hand_stride, scale, hand.points)) frame.hand(side) = hand;
    at += kHandPoints * hand_stride;
  }
  return frame;
}

/// Of signer_sign_number.
std::string sign_of(const std::string& sequence) {
  const std::size_t begin = sequence.find('_') + 1;
  return sequence.substr(begin, sequence.rfind('_') - begin);
}

void end_piece(std::vector<Piece>& pieces, Piece& piece) {
  if (piece.frames.size() > 3) pieces.push_back(std::move(piece));
  piece = {};
}

}  // namespace

std::vector<Piece> seed_pieces(const std::filesystem::path& csv, const std::string& movement,
                               double rate_hz) {
  std::vector<Piece> pieces;
  Piece piece;
  std::string last_key;
  for (const Row& row : rows_of(csv)) {
    const bool is_web = row.size() == 227;
    if (row.size() != 303 && !is_web) continue;
    if (row[is_web ? 2 : 3].starts_with("pose")) continue;
    const std::string key = row[0] + "/" + row[1] + (is_web ? "" : "/" + row[2]);
    if (key != last_key) end_piece(pieces, piece);
    last_key = key;
    LabTruth truth;
    truth.movement = movement;
    const bool is_right = is_web ? row[0].ends_with("_R") : row[1] == "1";
    truth.label = is_right ? Label::kCorrect : Label::kIncorrect;
    piece.truth = truth;
    Landmarks frame = is_web ? frame_from(row, 2, 3, 1, true) : frame_from(row, 3, 4, 1, false);
    frame.timestamp = timestamp_from_seconds(static_cast<double>(piece.frames.size()) / rate_hz);
    if (frame.pose) piece.frames.push_back(std::move(frame));
  }
  end_piece(pieces, piece);
  return pieces;
}

std::vector<Piece> prmd_pieces(const std::filesystem::path& folder, const std::string& movement,
                               const std::string& subject) {
  static const std::map<std::string, std::vector<std::size_t>> kPlaces = {
      {"head", {kNose, kLeftEar, kRightEar}},
      {"l_upper_arm", {kLeftShoulder}},
      {"r_upper_arm", {kRightShoulder}},
      {"l_forearm", {kLeftElbow}},
      {"r_forearm", {kRightElbow}},
      {"l_hand", {kLeftWrist}},
      {"r_hand", {kRightWrist}},
      {"l_upper_leg", {kLeftHip}},
      {"r_upper_leg", {kRightHip}},
      {"l_lower_leg", {kLeftKnee}},
      {"r_lower_leg", {kRightKnee}},
      {"l_foot", {kLeftAnkle}},
      {"r_foot", {kRightAnkle}}};
  constexpr float kUnit = 1.0F / 3000;  // a picture three metres high
  const auto rows = rows_of(folder / (movement + ".csv.gz"));
  std::map<std::string, std::size_t> columns;
  for (std::size_t c = 0; c < rows.front().size(); ++c) columns[rows.front()[c]] = c;
  const auto joint = [&](const Row& row, const std::string& name) {
    const std::size_t c = columns.at(name + "_x");
    return std::array<float, 3>{number(row[c]), number(row[c + 1]), number(row[c + 2])};
  };
  std::vector<Piece> pieces;
  Piece piece;
  std::string last_key;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    const Row& row = rows[r];
    if (row.size() != columns.size()) continue;
    const std::string& key = row[0];  // m01_s01_e01_ok
    if (!subject.empty() && key.find("_" + subject + "_") == std::string::npos) continue;
    if (key != last_key) end_piece(pieces, piece);
    last_key = key;
    LabTruth truth;
    truth.movement = movement;
    truth.label = key.ends_with("_ok") ? Label::kCorrect : Label::kIncorrect;
    piece.truth = truth;
    Landmarks frame;
    frame.image_width = frame.image_height = 1000;
    frame.timestamp = timestamp_from_seconds(static_cast<double>(piece.frames.size()) / 30);
    frame.pose.emplace();
    frame.pose->confidence = 1;
    const auto waist = joint(row, "waist");
    for (const auto& [name, places] : kPlaces) {
      const auto p = joint(row, name);
      for (const std::size_t place : places) {
        frame.pose->points[place] = {0.5F + kUnit * (p[0] + waist[0]),
                                     0.75F - kUnit * (p[1] + waist[1]), -kUnit * p[2]};
        frame.pose->visibility[place] = 1;
      }
    }
    piece.frames.push_back(std::move(frame));
  }
  end_piece(pieces, piece);
  return pieces;
}

const std::vector<std::string>& prmd_movements() {
  static const std::vector<std::string> names = {"m01", "m02", "m03", "m04", "m05"};
  return names;
}

std::string prmd_subject(std::size_t number) {
  return (number < 10 ? "s0" : "s") + std::to_string(number);
}

std::vector<Piece> sign_pieces(const std::filesystem::path& folder, std::size_t most,
                               const std::string& but_not) {
  std::vector<Piece> pieces;
  Piece piece;
  std::string last_key;
  for (const Row& row : rows_of(folder / "signs3.csv.gz")) {
    if (row.size() < 100 || row[0] == "seq") continue;
    if (row[0] != last_key) end_piece(pieces, piece);
    last_key = row[0];
    LabTruth truth;
    truth.movement = sign_of(row[0]);
    if (truth.movement == but_not) continue;
    piece.truth = truth;
    Landmarks frame;
    Pose pose;
    pose.confidence = 1;
    if (!read_points(row, 2, 4, 0.001F, pose.points, &pose.visibility)) continue;
    frame.pose = pose;
    std::size_t at = 2 + kPosePoints * 4;
    for (const Side side : {Side::kLeft, Side::kRight}) {
      Hand hand;
      hand.confidence = 1;
      if (read_points(row, at, 3, 0.001F, hand.points)) frame.hand(side) = hand;
      at += kHandPoints * 3;
    }
    frame.timestamp = timestamp_from_seconds(static_cast<double>(piece.frames.size()) / 25);
    piece.frames.push_back(std::move(frame));
  }
  end_piece(pieces, piece);
  std::vector<Piece> chosen;  // spread over the signs
  const std::size_t step = std::max<std::size_t>(1, pieces.size() / std::max<std::size_t>(1, most));
  for (std::size_t i = 0; i < pieces.size() && chosen.size() < most; i += step)
    chosen.push_back(std::move(pieces[i]));
  return chosen;
}

void split(const std::vector<Piece>& all, std::size_t offset, std::vector<Piece>& taught,
           std::vector<Piece>& done) {
  for (std::size_t i = 0; i < all.size(); ++i) (i % 2 == offset ? taught : done).push_back(all[i]);
}

std::vector<Repetition> lessons_of(const std::vector<Piece>& pieces) {
  std::vector<Repetition> lessons;
  for (const Piece& piece : pieces) {
    Repetition one;
    one.take = piece.truth->label == Label::kCorrect ? 1 : 2;
    one.movement = piece.truth->movement;
    one.label = piece.truth->label;
    one.frames = piece.frames;
    lessons.push_back(std::move(one));
  }
  return lessons;
}

}  // namespace kata::bench
