//! What follows which card in practice: counted over 560 flows of Okta's public template packs, at least twice each,
//! at most six, the most frequent first. The first card of a branch counts as following its container.

/// A card and what follows it, on each line.
pub(super) const FOLLOWING: &str = "\
control:callable object:construct object:pick stash:searchRows2 string:compose control:tryCatch control:let
http:accept object:pick json:parse control:continueIf control:assignIf
http:delegated control:let
control:noop string:compose control:let stash:searchRows2 stash:clearTable object:construct date:now
okta:userCreated okta:readUser
okta:oktaUserProfileUpdated list:construct
okta:userAddedToGroupMembership control:continueIf control:let
okta:userRemovedFromGroupMembership control:continueIf control:let
okta:readUser string:compose okta:readUser string:concat okta:updateUser object:construct okta:addNewUserToGroup
okta:searchUsers control:continueIf control:if
okta:listUsersWithFilter object:get
okta:listUsersWithSearch list:each date:now list:filter
okta:getUsersGroups list:pluck
okta:suspendUser stash:createRow
okta:resetPassword stash:createRow
okta:addNewUserToGroup stash:createRow string:compose
okta:removeUserFromGroup stash:deleteRow
okta:readGroup control:continueIf
okta:searchGroups control:if control:continueIf
okta:searchApplications object:construct
okta:assignGroupToApplication string:compose
okta:createAnImportSession okta:bulkUserImport control:return
okta:listImportSessions list:each list:pluck
okta:triggerImportSession control:if
okta:bulkUserImport okta:triggerImportSession
okta:mapProfileSourceAttributes okta:bulkUserImport
okta:hTTPRequest string:compose control:continueIf object:pick control:returnRaw json:parse list:at
control:if string:compose control:if control:return control:let control:spawn object:construct
control:branch string:compose control:run control:branch control:let object:construct control:if
control:continueIf string:compose control:spawn okta:readUser stash:searchRows2 date:now stash:createRow
control:assignIf control:assignIf control:return control:spawn boolean:or
control:tryCatch stash:createRow string:compose control:tryCatch control:if okta:hTTPRequest control:let
control:throwIf control:throwIf
control:let control:let control:tryCatch control:continueIf string:compose stash:searchRows2 control:branch
control:spawn control:spawn string:compose okta:updateUser math:multiply object:pick stash:createRow
httpfunctions:close object:pick
control:times okta:triggerImportSession
list:each string:compose control:return stash:clearTable
list:map list:pluck list:at control:if list:filterBy list:map
list:filter list:length
list:reduce object:get
string:compose okta:hTTPRequest string:compose object:construct control:tryCatch control:spawn json:parse
string:concat okta:hTTPRequest object:construct control:let string:concat string:toLowerCase string:compose
string:lastIndexOf string:substr
string:match control:if
string:replaceAny string:replaceAny
string:split list:at list:map list:each list:pop list:intersection list:shift
string:trim stash:searchRows2
string:substr string:substr string:trim
string:toLowerCase string:concat string:match string:toLowerCase
math:add list:at
math:subtract math:divide string:substr
math:multiply control:times math:subtract stash:searchRows2
math:divide math:ceil
math:round stash:createRow
math:ceil control:assignIf control:times
math:expression control:let
boolean:or control:if control:continueIf
boolean:xor string:compose
boolean:compare list:findBy boolean:and boolean:compare boolean:or
date:now date:add date:subtract date:format stash:createRow okta:listUsersWithSearch control:let
date:add object:construct date:fromISO
date:subtract stash:searchRows2 string:concat control:continueIf
date:diff math:round control:continueIf
date:format string:compose date:format date:parse
date:parse date:subtract
date:fromISO okta:listUsersWithSearch stash:createRow
object:construct object:construct list:construct object:merge date:now string:compose okta:hTTPRequest
object:merge okta:hTTPRequest control:tryCatch
object:get boolean:compare stash:searchRows2 json:parse control:if object:construct string:compose
object:pick string:compose control:continueIf stash:createRow object:pick stash:searchRows2 object:construct
list:construct object:construct control:spawn stash:createRow string:compose control:return control:tryCatch
list:length control:continueIf control:if stash:searchRows2 control:return string:compose
list:at object:pick list:at list:pluck string:compose control:if string:concat
list:shift object:get
list:pop string:concat
list:filterBy list:length list:at list:each list:filterBy list:map
list:findBy control:continueIf object:get control:if string:concat
list:includes boolean:or list:includes
list:pluck list:join list:flatten list:includes list:length list:at list:filterBy
list:join string:compose control:continueIf stash:createRow control:return string:split
list:difference list:each
list:flatten list:filter list:pluck list:uniqueBy
list:uniqueBy control:spawn list:map
list:sortBy list:pop
json:parse object:pick string:compose list:pluck object:get control:continueIf control:return
json:stringify json:parse
url:encodeComponent string:split
crypto:hmac control:continueIf
stash:searchRows2 control:continueIf list:each list:length list:map control:if list:asyncEach
stash:createRow okta:createAnImportSession string:compose control:return
stash:updateRow string:compose control:throw
stash:deleteRow string:compose
stash:clearTable date:now stash:searchRows2 okta:listUsersWithSearch stash:clearTable
httpfunctions:get list:asyncEach
httpfunctions:post json:parse
httpfunctions:raw json:parse control:return httpfunctions:raw object:get";
