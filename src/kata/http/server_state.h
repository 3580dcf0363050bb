// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <set>

#include "kata/http/gatekeeper.h"
#include "kata/http/live_lines.h"
#include "kata/session/camera_desk.h"
#include "kata/session/workers.h"
#include "kata/wire/routes.h"

namespace kata {

inline constexpr int kMostConnections = 256;
inline constexpr int kMostLiveTabs = 16;
inline constexpr int kMostImports = 2;
inline constexpr int kMostCameraViewers = 8;

/// Something with a socket that ends when the server does.
class Closable {
 public:
  virtual ~Closable() = default;
  virtual void close() = 0;
};

/// What all connections of a server share; touched in the server's one network thread only, but
/// for what Service says.
struct ServerState {
  Service service;
  Gatekeeper gate;
  Workers& workers;
  LiveLines lines;
  std::set<Closable*> open;
  int live_tabs = 0;
  int imports = 0;
  int camera_viewers = 0;
  bool is_closing = false;
  std::chrono::milliseconds head_patience{10000};
  std::chrono::milliseconds body_patience{60000};
};

/// Keeps a connection in the list of open ones while it lives.
class OpenMark {
 public:
  OpenMark(ServerState& state, Closable* connection) : state_(state), connection_(connection) {
    state_.open.insert(connection_);
    ++state_.service.metrics.connections;
  }
  ~OpenMark() {
    state_.open.erase(connection_);
    --state_.service.metrics.connections;
  }
  OpenMark(const OpenMark&) = delete;
  OpenMark& operator=(const OpenMark&) = delete;

 private:
  ServerState& state_;
  Closable* connection_;
};

}  // namespace kata
