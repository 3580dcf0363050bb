// SPDX-License-Identifier: Apache-2.0
// live_bench RIGHT WRONG LEARNER [seconds=N] [most=N]
//
// A server with a craft taught from the clips RIGHT and WRONG, and tabs that learn it: each sends
// the pictures of LEARNER as a page does, one under way at a time and then the newest of a camera
// of 30 pictures a second. Tabs are added until the machine is full, that is until one more gives
// no more pictures in all. The time from picture to verdict goes from the moment the camera has the
// picture until the answer is read.
#include <algorithm>
#include <atomic>
#include <bit>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "bench/figure.h"
#include "kata/http/server.h"
#include "kata/input/frame_source.h"
#include "kata/input/image_encode.h"
#include "kata/landmark/landmarker.h"
#include "kata/session/craft_folder.h"
#include "kata/session/teach.h"
#include "kata/session/train_craft.h"

namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using kata::bench::Better;
using nlohmann::json;

constexpr double kCamera_hz = 30;
constexpr int kQuality = 75;  // the page's

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

struct Request {
  std::string right;
  std::string wrong;
  std::string learner;
  double seconds = 10;
  int most = 8;
};

void teach_craft(const Request& request, const fs::path& path) {
  const auto landmarker = kata::make_landmarker();
  for (const bool is_right : {true, false}) {
    kata::Lesson lesson;
    lesson.movement = "movement";
    lesson.label = is_right ? kata::Label::kCorrect : kata::Label::kIncorrect;
    const auto source = kata::make_source(is_right ? request.right : request.wrong);
    kata::teach(path, lesson, *source, *landmarker);
    landmarker->reset();
  }
  kata::TrainOptions options;
  options.with_report = false;
  kata::train_craft(path, options);
}

std::vector<std::string> read_pictures(const std::string& clip) {
  std::vector<std::string> pictures;
  const auto source = kata::make_source(clip);
  while (const auto frame = source->next())
    pictures.push_back(kata::encode_jpeg(*frame->image, kQuality));
  return pictures;
}

struct Measured {
  std::vector<double> delays_ms;
};

/// One tab: connects, asks to learn, and sends the camera's newest picture whenever the last one is
/// answered.
class Tab {
 public:
  Tab(std::uint16_t port, const std::string& craft, int number) : number_(number), socket_(io_) {
    socket_.next_layer().connect({asio::ip::address_v4::loopback(), port});
    socket_.next_layer().set_option(asio::ip::tcp::no_delay(true));
    socket_.handshake("localhost:" + std::to_string(port), "/api/live");
    socket_.text(true);
    socket_.write(asio::buffer(json{{"type", "learn"}, {"craft", craft}}.dump()));
    if (hear()["type"] != "ready") throw std::runtime_error("the server lets nobody learn");
  }

  void follow(const std::vector<std::string>& pictures, double seconds, Measured& measured) {
    const double end_s = seconds_since(start_) + seconds;
    std::int64_t last = -1;
    while (seconds_since(start_) < end_s) {
      const auto newest = static_cast<std::int64_t>(seconds_since(start_) * kCamera_hz);
      if (newest == last) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        continue;
      }
      last = newest;
      // Every tab's clock begins at another hour: an answer says whose it is.
      const double time_s = number_ * 3600.0 + static_cast<double>(newest) / kCamera_hz;
      send(time_s, pictures[static_cast<std::size_t>(newest) % pictures.size()]);
      json reply = hear();
      while (reply["type"] == "verdict") reply = hear();
      if (reply["type"] != "frame") throw std::runtime_error(reply.dump());
      if (std::abs(reply["time_s"].get<double>() - time_s) > 0.5)
        throw std::runtime_error("a tab got another's answer");
      measured.delays_ms.push_back(
          (seconds_since(start_) - static_cast<double>(newest) / kCamera_hz) * 1000);
    }
  }

 private:
  void send(double time_s, const std::string& jpeg) {
    const auto bits = std::bit_cast<std::uint64_t>(time_s);
    std::string message;
    for (unsigned i = 0; i < 8; ++i) message += static_cast<char>((bits >> (8 * i)) & 0xFFU);
    socket_.binary(true);
    socket_.write(asio::buffer(message + jpeg));
  }

  json hear() {
    boost::beast::flat_buffer buffer;
    socket_.read(buffer);
    return json::parse(boost::beast::buffers_to_string(buffer.data()));
  }

  int number_;
  Clock::time_point start_ = Clock::now();
  asio::io_context io_;
  boost::beast::websocket::stream<asio::ip::tcp::socket> socket_;
};

/// Prints the figures of so many tabs at once; returns the pictures a second of all together.
double measure(std::uint16_t port, const std::string& craft, int tabs,
               const std::vector<std::string>& pictures, double seconds) {
  std::vector<Measured> measured(static_cast<std::size_t>(tabs));
  std::atomic<int> failed{0};
  {
    std::vector<std::jthread> crowd;
    for (int tab = 0; tab < tabs; ++tab) {
      crowd.emplace_back([&, tab] {
        try {
          Measured warm_up;
          Tab one(port, craft, tab);
          one.follow(pictures, 1.5, warm_up);  // networks are loaded with the first picture
          one.follow(pictures, seconds, measured[static_cast<std::size_t>(tab)]);
        } catch (const std::exception& error) {
          std::fprintf(stderr, "a tab failed: %s\n", error.what());
          ++failed;
        }
      });
    }
  }
  if (failed > 0) throw std::runtime_error("not every tab was served");
  std::vector<double> delays;
  for (const Measured& each : measured)
    delays.insert(delays.end(), each.delays_ms.begin(), each.delays_ms.end());
  std::sort(delays.begin(), delays.end());
  const double all_hz = static_cast<double>(delays.size()) / seconds;
  const std::string name = std::to_string(tabs) + (tabs == 1 ? " learner" : " learners");
  kata::bench::print_figure(name + ": pictures in all", all_hz, "/s", Better::kHigher);
  kata::bench::print_figure(name + ": pictures each", all_hz / tabs, "/s", Better::kHigher);
  kata::bench::print_figure(name + ": picture to verdict, median", delays[delays.size() / 2], "ms",
                            Better::kLower);
  kata::bench::print_figure(name + ": picture to verdict, slowest 5 %",
                            delays[delays.size() * 95 / 100], "ms", Better::kLower);
  return all_hz;
}

void run(const Request& request) {
  const fs::path folder =
      fs::temp_directory_path() /
      ("kata-live-bench-" + std::to_string(Clock::now().time_since_epoch().count()));
  fs::create_directories(folder);
  teach_craft(request, folder / "bench.kata");
  const std::vector<std::string> pictures = read_pictures(request.learner);
  kata::ServerOptions options;
  options.folder = folder;
  options.port = 0;
  options.most_learners = request.most;
  kata::Server server(options, [] { return kata::make_landmarker(); });
  std::jthread network([&](const std::stop_token& stop) { server.run(stop); });
  const std::string craft = kata::CraftFolder::id_of(folder / "bench.kata");
  double before = 0;
  for (int tabs = 1; tabs <= request.most; ++tabs) {
    const double all_hz = measure(server.port(), craft, tabs, pictures, request.seconds);
    if (all_hz < before * 1.03) break;  // full
    before = all_hz;
  }
  network.request_stop();
  network.join();
  fs::remove_all(folder);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 4)
    return std::fputs("live_bench RIGHT WRONG LEARNER [seconds=N] [most=N]\n", stderr), 2;
  Request request{arguments[1], arguments[2], arguments[3]};
  try {
    for (int i = 4; i < count; ++i) {
      const std::string word = arguments[i];
      if (word.starts_with("seconds=")) request.seconds = std::stod(word.substr(8));
      if (word.starts_with("most=")) request.most = std::stoi(word.substr(5));
    }
    run(request);
  } catch (const std::exception& error) {
    return std::fprintf(stderr, "%s\n", error.what()), 1;
  }
}
