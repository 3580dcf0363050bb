// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "kata/session/camera_desk.h"
#include "kata/session/landmarker_pool.h"

namespace kata {

struct ServerOptions {
  std::filesystem::path folder = ".";  ///< of *.kata files; made when it is not there
  std::uint16_t port = 8765;           ///< 0 = any that is free
  bool is_lan = false;                 ///< also for other devices: https and a token
  /// More names than the loopback ones (and, with `is_lan`, the computer's own) to answer to:
  /// those of a server in front, or of a name server.
  std::vector<std::string> host_names;
  bool is_read_only = false;  ///< learners may look and learn, not change
  int most_learners = 4;      ///< cameras looked at at once
  CameraDesk::Maker camera;   ///< a camera of this computer for browsers without one; empty = none
  std::filesystem::path
      state_folder;  ///< keeps certificate and token of `is_lan`; empty = new ones each time
  bool with_new_token = false;  ///< devices that were let in before must come by the new link
  std::string version;
  std::chrono::milliseconds head_patience{10000};  ///< for a request's head, and between requests
  std::chrono::milliseconds body_patience{60000};  ///< for its body
};

/// Serves the pages of a folder of crafts, their REST calls and live connections.
///
/// Listens from construction on. Throws Error{kUnavailable} when the port is taken.
class Server {
 public:
  Server(const ServerOptions& options, LandmarkerPool::Maker maker);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  /// What to open in a browser; with `is_lan` it holds the token.
  std::string address() const;
  /// How many repetitions of takes that an earlier program could not finish were stored at the
  /// start.
  int recovered() const;
  /// Serves until stop is requested; then finishes what is being written and closes everything.
  void run(const std::stop_token& stop);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kata
