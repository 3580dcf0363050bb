// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "kata/core/error.h"
#include "kata/http/test_server.ipp"

namespace kata {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::StartsWith;

/// Grey pictures without end, or a fault.
class GreySource final : public FrameSource {
 public:
  std::optional<Frame> next() override {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return Frame{index_, timestamp_from_seconds(0.005 * static_cast<double>(++index_)),
                 std::make_shared<const Image>(64, 48, PixelFormat::kBgr)};
  }
  SourceDescription describe() const override { return {"grey", 64, 48, 200, std::nullopt, true}; }

 private:
  std::int64_t index_ = 0;
};

std::string ask_camera(const RunningServer& server) {
  return "GET /api/camera HTTP/1.1\r\nHost: " + server.host() + "\r\n\r\n";
}

TEST(CameraStream, SendsPictureAfterPicture) {
  const TempFolder folder;
  ServerOptions options = test_options(folder.path());
  options.camera = [] { return std::make_unique<GreySource>(); };
  const RunningServer server(options);
  EXPECT_TRUE(json::parse(fetch(server, ask("GET", "/api/status")).body())["camera"]);
  RawClient client(server.port());
  client.send(ask_camera(server));
  EXPECT_THAT(client.read_head(), HasSubstr("multipart/x-mixed-replace"));
  std::string seen(20000, ' ');
  boost::asio::read(client.socket(), boost::asio::buffer(seen));
  std::size_t pictures = 0;
  for (std::size_t at = seen.find("\xFF\xD8\xFF"); at != std::string::npos;
       at = seen.find("\xFF\xD8\xFF", at + 1))
    ++pictures;
  EXPECT_GE(pictures, 2U);
}

TEST(CameraStream, AFaultEndsTheStreamAndNotTheServer) {
  const TempFolder folder;
  ServerOptions options = test_options(folder.path());
  options.camera = []() -> std::unique_ptr<FrameSource> {
    throw Error(ErrorCode::kUnavailable, "the camera is busy");
  };
  const RunningServer server(options);
  RawClient client(server.port());
  client.send(ask_camera(server));
  EXPECT_EQ(client.read_all().find("image/jpeg"), std::string::npos);
  EXPECT_EQ(fetch(server, ask("GET", "/healthz")).result_int(), 200U);
}

TEST(CameraStream, IsNotThereUnlessAskedFor) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  RawClient client(server.port());
  client.send("GET /api/camera HTTP/1.1\r\nHost: " + server.host() +
              "\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(client.read_all(), StartsWith("HTTP/1.1 404"));
}

}  // namespace
}  // namespace kata
