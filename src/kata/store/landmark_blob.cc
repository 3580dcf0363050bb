// SPDX-License-Identifier: Apache-2.0
#include "kata/store/landmark_blob.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "kata/core/error.h"
#include "kata/store/crc32.h"

namespace kata {
namespace {

// Little-endian: version u8, frame count u32, frames, CRC-32 u32 of all before.
// docs/formats.md gives the frame.
constexpr std::uint8_t kBlobVersion = 1;
constexpr std::size_t kFrameHeaderBytes = 8 + 4 + 4 + 1;

enum Part : std::uint8_t {
  kHasPose = 1,
  kHasLeft = 2,
  kHasRight = 4,
  kHasFace = 8,
  kHasPoseWorld = 16,
  kHasLeftWorld = 32,
  kHasRightWorld = 64,
};

Error broken(const char* what) {
  return {ErrorCode::kCorrupt, std::string("the stored landmarks are damaged (") + what + ")"};
}

class Writer {
 public:
  template <typename T>
  void put(T value) {
    static_assert(std::endian::native == std::endian::little);
    std::array<char, sizeof(T)> raw{};
    std::memcpy(raw.data(), &value, sizeof(T));
    bytes_.append(raw.data(), raw.size());
  }
  template <typename Points>
  void put_points(const Points& points) {
    for (const auto& point : points) {
      put(point.x);
      put(point.y);
      put(point.z);
    }
  }
  std::string finish() && {
    put(crc32(bytes_));
    return std::move(bytes_);
  }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  template <typename T>
  T take() {
    if (rest_.size() < sizeof(T)) throw broken("cut off");
    T value;
    std::memcpy(&value, rest_.data(), sizeof(T));
    rest_.remove_prefix(sizeof(T));
    return value;
  }
  template <typename Points>
  void take_points(Points& points) {
    for (auto& point : points) {
      point.x = take<float>();
      point.y = take<float>();
      point.z = take<float>();
    }
  }
  std::size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
};

template <typename Points>
bool is_all_zero(const Points& world) {
  for (const auto& point : world) {
    // Bits, not values: −0 must come back as −0.
    if (std::bit_cast<std::uint32_t>(point.x) | std::bit_cast<std::uint32_t>(point.y) |
        std::bit_cast<std::uint32_t>(point.z)) {
      return false;
    }
  }
  return true;
}

std::uint8_t parts_of(const Landmarks& frame) {
  unsigned parts = 0;
  const auto add = [&parts](bool is_there, Part part) {
    if (is_there) parts |= part;
  };
  add(frame.pose.has_value(), kHasPose);
  add(frame.pose && !is_all_zero(frame.pose->world), kHasPoseWorld);
  add(frame.left_hand.has_value(), kHasLeft);
  add(frame.left_hand && !is_all_zero(frame.left_hand->world), kHasLeftWorld);
  add(frame.right_hand.has_value(), kHasRight);
  add(frame.right_hand && !is_all_zero(frame.right_hand->world), kHasRightWorld);
  add(frame.face.has_value(), kHasFace);
  return static_cast<std::uint8_t>(parts);
}

void put_hand(Writer& writer, const Hand& hand, bool with_world) {
  writer.put(hand.confidence);
  writer.put_points(hand.points);
  if (with_world) writer.put_points(hand.world);
}

Hand take_hand(Reader& reader, bool with_world) {
  Hand hand;
  hand.confidence = reader.take<float>();
  reader.take_points(hand.points);
  if (with_world) reader.take_points(hand.world);
  return hand;
}

void put_frame(Writer& writer, const Landmarks& frame) {
  const std::uint8_t parts = parts_of(frame);
  writer.put(static_cast<std::int64_t>(frame.timestamp.time_since_epoch().count()));
  writer.put(static_cast<std::int32_t>(frame.image_width));
  writer.put(static_cast<std::int32_t>(frame.image_height));
  writer.put(parts);
  if (frame.pose) {
    writer.put(frame.pose->confidence);
    writer.put_points(frame.pose->points);
    for (const float visibility : frame.pose->visibility) writer.put(visibility);
    if (parts & kHasPoseWorld) writer.put_points(frame.pose->world);
  }
  if (frame.left_hand) put_hand(writer, *frame.left_hand, (parts & kHasLeftWorld) != 0);
  if (frame.right_hand) put_hand(writer, *frame.right_hand, (parts & kHasRightWorld) != 0);
  if (frame.face) {
    KATA_CHECK(frame.face->points.size() <= 0xFFFF, "a face has at most 65535 points");
    writer.put(frame.face->confidence);
    writer.put(static_cast<std::uint16_t>(frame.face->points.size()));
    writer.put_points(frame.face->points);
  }
}

Pose take_pose(Reader& reader, bool with_world) {
  Pose pose;
  pose.confidence = reader.take<float>();
  reader.take_points(pose.points);
  for (float& visibility : pose.visibility) visibility = reader.take<float>();
  if (with_world) reader.take_points(pose.world);
  return pose;
}

Face take_face(Reader& reader) {
  Face face;
  face.confidence = reader.take<float>();
  const std::size_t points = reader.take<std::uint16_t>();
  if (reader.left() < points * 3 * sizeof(float)) throw broken("cut off");
  face.points.resize(points);
  reader.take_points(face.points);
  return face;
}

Landmarks take_frame(Reader& reader) {
  Landmarks frame;
  frame.timestamp = Timestamp(Duration(reader.take<std::int64_t>()));
  frame.image_width = reader.take<std::int32_t>();
  frame.image_height = reader.take<std::int32_t>();
  if (frame.image_width < 0 || frame.image_height < 0) throw broken("negative image size");
  const std::uint8_t parts = reader.take<std::uint8_t>();
  if (parts & kHasPose) frame.pose = take_pose(reader, (parts & kHasPoseWorld) != 0);
  if (parts & kHasLeft) frame.left_hand = take_hand(reader, (parts & kHasLeftWorld) != 0);
  if (parts & kHasRight) frame.right_hand = take_hand(reader, (parts & kHasRightWorld) != 0);
  if (parts & kHasFace) frame.face = take_face(reader);
  return frame;
}

}  // namespace

std::string blob_from_landmarks(std::span<const Landmarks> frames) {
  KATA_CHECK(frames.size() <= kMaxFrames, "a repetition has at most kMaxFrames frames");
  Writer writer;
  writer.put(kBlobVersion);
  writer.put(static_cast<std::uint32_t>(frames.size()));
  for (const Landmarks& frame : frames) put_frame(writer, frame);
  return std::move(writer).finish();
}

std::vector<Landmarks> landmarks_from_blob(std::string_view bytes) {
  if (bytes.empty()) throw broken("empty");
  if (static_cast<std::uint8_t>(bytes.front()) > kBlobVersion) {
    throw Error(ErrorCode::kUnsupported,
                "the landmarks were stored by a newer version of kata; update kata");
  }
  constexpr std::size_t kEnvelope = 1 + 4 + 4;
  if (static_cast<std::uint8_t>(bytes.front()) != kBlobVersion || bytes.size() < kEnvelope) {
    throw broken("unknown version");
  }
  const std::string_view body = bytes.substr(0, bytes.size() - 4);
  if (Reader(bytes.substr(body.size())).take<std::uint32_t>() != crc32(body)) {
    throw broken("checksum");
  }
  Reader reader(body.substr(1));
  const std::size_t count = reader.take<std::uint32_t>();
  if (count > kMaxFrames || count * kFrameHeaderBytes > reader.left()) throw broken("frame count");
  std::vector<Landmarks> frames;
  frames.reserve(count);
  for (std::size_t i = 0; i < count; ++i) frames.push_back(take_frame(reader));
  if (reader.left() != 0) throw broken("surplus bytes");
  return frames;
}

}  // namespace kata
