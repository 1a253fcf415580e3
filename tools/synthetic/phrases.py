"""What a synthetic report says: sentences by domain, each in several wordings, with slots for figures.

``{key}`` is a figure of :mod:`figures` with its measure word, ``{+key}`` a growth over last year that may follow it (with its own
comma), ``{^key}`` a change in percentage points, ``<...>`` a name with a numeral in it, ``{L}`` the word for this level
(县, 旗, 区), ``{T}`` its townships (乡镇, 苏木镇, 街道). All wordings of one sentence hold the same figures.
"""

# ruff: noqa: E501 - sentences are easier to judge unbroken

from __future__ import annotations

DOMAINS: dict[str, tuple[str, tuple[str, ...]]] = {
    "leadership": ("十、党的领导和推进机制", (
        "加强党的领导，压实法治建设责任", "强化组织领导，健全推进机制", "坚持高位统筹，凝聚依法治{L}合力", "突出政治引领，扛牢主体责任",
    )),
    "capacity": ("十、党的领导和推进机制", (
        "抓住关键少数，提升依法行政能力", "强化学法用法，增强法治素养", "聚焦能力建设，锻造过硬队伍",
    )),
    "functions": ("二、政府机构职能体系", (
        "转变政府职能，提升政务服务水平", "深化“放管服”改革，建设服务型政府", "优化政务服务，激发发展活力",
    )),
    "business": ("二、政府机构职能体系", (
        "优化法治化营商环境，护航经营主体发展", "服务企业发展，营造公平市场环境", "强化法治保障，打造一流营商环境",
    )),
    "rules": ("三、依法行政制度体系", (
        "健全制度体系，推进科学民主决策", "加强制度建设，严格决策程序", "规范文件管理，提升决策质量",
    )),
    "enforcement": ("五、行政执法工作体系", (
        "严格规范公正文明执法，提升执法公信力", "规范行政执法行为，维护公平正义", "加强执法监督，提高执法质量",
    )),
    "oversight": ("八、行政权力制约和监督体系", (
        "强化监督制约，规范权力运行", "自觉接受监督，促进依法履职", "完善监督体系，确保权力在阳光下运行",
    )),
    "transparency": ("八、行政权力制约和监督体系", (
        "推进政务公开，回应群众关切", "深化公开透明，办好群众诉求", "拓展公开渠道，畅通民意表达",
    )),
    "disputes": ("七、社会矛盾纠纷行政预防调处化解体系", (
        "防范化解矛盾，维护社会稳定", "推进多元解纷，夯实治理根基", "坚持源头预防，促进社会和谐",
    )),
    "services": ("七、社会矛盾纠纷行政预防调处化解体系", (
        "优化法律服务，深化普法宣传", "完善公共法律服务，营造尊法氛围", "落实普法责任，增进法治惠民",
    )),
    "emergency": ("六、突发事件应对体系", (
        "健全应急体系，依法处置突发事件", "强化应急管理，守牢安全底线", "完善预案体系，提升处置能力",
    )),
}  # fmt: skip

#: run-in headings of the second level
SUBHEADS: dict[str, tuple[str, ...]] = {
    "leadership": ("健全工作机制", "细化责任链条", "强化督察考核", "高位推动部署", "压实主体责任"),
    "capacity": ("抓实领导干部学法", "提升法治素养", "开展法治培训", "严格述职述法"),
    "functions": ("深化一网通办", "推进政务服务标准化", "动态管理权责清单", "拓展便民服务"),
    "business": ("服务经营主体", "推行柔性执法", "规范涉企监管", "强化司法保障"),
    "rules": ("严管规范性文件", "规范决策程序", "发挥法律顾问作用", "严把合法性审查关"),
    "enforcement": ("夯实队伍基础", "强化案卷评查", "加大执法力度", "健全衔接机制"),
    "oversight": ("接受人大政协监督", "做实行政复议", "规范行政应诉", "落实司法检察建议"),
    "transparency": ("推进政务公开", "规范依申请公开", "办好群众诉求", "管好政务新媒体"),
    "disputes": ("做强人民调解", "推进信访法治化", "排查化解风险", "健全多元解纷机制"),
    "services": ("优化公共法律服务", "深化普法宣传", "做实法律援助", "培育法治文化"),
    "emergency": ("健全预案体系", "强化实战演练", "夯实应急保障"),
}

SENTENCES: dict[str, tuple[tuple[str, ...], ...]] = {
    "leadership": (
        ("召开专题调度会{dispatch}、推进会{promotion}、培训会{briefing}，统筹解决法治建设中的难点问题",
         "先后召开专题调度会{dispatch}、推进会{promotion}、培训会{briefing}，形成上下联动、齐抓共管的工作格局",
         "全年组织专题调度会{dispatch}、推进会{promotion}、培训会{briefing}，推动重点任务落地"),
        ("开展法治建设专项督察{special}，督察发现问题{issues_found}，完成整改{issues_done}，整改率{issues_rate}",
         "组织专项督察{special}，督察发现问题{issues_found}，已整改{issues_done}，整改率{issues_rate}，未完成事项列入台账跟踪督办"),
        ("制定年度工作要点，细化任务分工{tasks}，逐项明确责任单位和完成时限",
         "围绕年度目标细化任务分工{tasks}，做到任务到岗、责任到人",
         "印发年度法治政府建设工作计划，细化任务分工{tasks}"),
        ("向{towns}{T}、{departments}{L}直部门印发清单{lists}，实行挂图作战、对账销号",
         "共向{towns}{T}和{departments}{L}直部门印发清单{lists}，推动责任逐级落实"),
        ("下发通报{bulletins}，对工作滞后的单位点名道姓、限期改进",
         "全年下发通报{bulletins}，以通报促整改、以整改促提升"),
        ("发出提示函、督办函{letters}，倒逼各单位主动履职",
         "对推进缓慢的事项发出提示、督办函{letters}"),
    ),
    "capacity": (
        ("{L}政府常务会议学法{law_study}，各级党委（党组）理论学习中心组学法{group_study}",
         "坚持会前学法制度，政府常务会议学法{law_study}，各级党委（党组）集中学法{group_study}",
         "政府常务会议集中学法{law_study}，带动各级党委（党组）集中学法{group_study}"),
        ("组织领导干部旁听庭审{observers}，以案释法、以案促改",
         "会同法院组织国家工作人员旁听庭审{observers}"),
        ("{exam_takers}国家工作人员参加学法考试，参考率{exam_rate}，合格率{exam_pass}",
         "组织{exam_takers}国家工作人员参加年度学法考试，学法考试参考率{exam_rate}、合格率{exam_pass}"),
        ("举办法治讲座{lectures}，培训干部{trainees}",
         "邀请专家学者举办法治讲座{lectures}，参训干部{trainees}"),
        ("{duty_leaders}党政主要负责人现场述法，其余单位书面述法，接受测评和点评",
         "推动述法常态化，{duty_leaders}党政主要负责人在会上现场述法"),
    ),
    "functions": (
        ("{windows}窗口{window_items}事项推行综窗受理，群众办事实现只进一扇门",
         "整合部门资源，设置{windows}窗口，{window_items}事项推行综窗受理"),
        ("全{L}政务服务事项{service_items}，其中零跑腿事项{zero_items}，零跑腿事项占比{zero_rate}",
         "梳理公布政务服务事项{service_items}，其中{zero_items}实现零跑腿，零跑腿占比{zero_rate}"),
        ("发布“跨省通办”事项{cross}{+cross}，“全市通办”事项{citywide}",
         "“跨省通办”事项达到{cross}{+cross}，“全市通办”事项达到{citywide}"),
        ("{mobile}政务服务事项实现掌上可办{+mobile}，{e_cards}电子证照实现共享应用",
         "推动政务服务向移动端延伸，{mobile}事项实现掌上可办{+mobile}，归集共享电子证照{e_cards}"),
        ("公布{L}本级权责清单{power}，根据法律法规立改废和机构调整情况动态更新",
         "动态调整{L}本级权责清单，调整后共有权责事项{power}"),
        ("“<一证通办>”事项{one_card}，“免申即享”事项{no_apply}，“秒批秒办”事项{instant}",
         "推出“<一证通办>”事项{one_card}、“免申即享”事项{no_apply}、“秒批秒办”事项{instant}"),
        ("梳理推出“好办快办”事项{quick}，办事流程进一步压缩",
         "上线“好办快办”事项{quick}，让数据多跑路、群众少跑腿"),
        ("落实“好差评”制度，政务服务好评率{good_rate}{^good_rate}",
         "政务服务好评率{good_rate}{^good_rate}，差评事项全部回访整改"),
    ),
    "business": (
        ("依法审结涉企案件{cases_ent}{+cases_ent}，结案标的{value}",
         "全年审结涉企案件{cases_ent}{+cases_ent}，涉企案件结案标的{value}"),
        ("执结涉企案件{cases_enf}，执行到位金额{recovered}，有力维护了企业胜诉权益",
         "集中开展涉企案件执行行动，执结涉企案件{cases_enf}，执行到位金额{recovered}"),
        ("公布不予处罚事项{no_penalty}、从轻处罚事项{lighter}、减轻处罚事项{mitigated}，让执法更有温度",
         "推行包容审慎监管，梳理不予处罚事项{no_penalty}、从轻处罚事项{lighter}、减轻处罚事项{mitigated}"),
        ("选派政法干警{dispatched}，走访企业{served}，面对面解答涉法涉诉问题",
         "组织法治服务团进企业，选派政法干警{dispatched}，走访企业{served}"),
        ("将{entities}经营主体纳入监管对象名录库，实现监管对象全覆盖",
         "完善监管对象名录库，在库经营主体{entities}"),
        ("全面推行“<双随机、一公开>”监管，组织部门联合抽查任务{joint_tasks}，抽取部门联合检查对象{joint_targets}，{joint_depts}部门参与抽查",
         "落实“<双随机、一公开>”要求，开展部门联合抽查任务{joint_tasks}，抽取部门联合检查对象{joint_targets}，抽查涉及{joint_depts}部门"),
        ("开展公平竞争审查{competition}，坚决纠正滥用行政权力排除、限制竞争行为",
         "从严落实公平竞争审查制度，全年开展公平竞争审查{competition}"),
        ("规范涉企检查，开展涉企行政检查{ent_checks}{+ent_checks}，切实做到无事不扰",
         "推行检查计划管理，实施涉企行政检查{ent_checks}{+ent_checks}"),
        ("出台惠企政策措施{policies}，建立政策兑现跟踪机制",
         "制定惠企政策措施{policies}，推动政策直达快享"),
    ),
    "rules": (
        ("全年制定行政规范性文件{issued}，按时报送备案{filed}，报备率{filed_rate}",
         "制定行政规范性文件{issued}，依法报送备案{filed}，规范性文件报备率{filed_rate}"),
        ("开展规范性文件专项清理{cleanups}，清理规范性文件{cleaned}，废止和宣布失效{repealed}",
         "组织规范性文件专项清理{cleanups}，共清理规范性文件{cleaned}，宣布失效{repealed}"),
        ("编制公布重大行政决策事项目录，纳入重大行政决策事项{decisions}，组织听证{hearings}",
         "将{decisions}重大行政决策事项纳入目录管理，组织听证{hearings}，保障公众有序参与"),
        ("为{L}政府出具合法性审查意见书{opinions_gov}，为{L}直部门和{T}出具合法性审查意见{opinions_dep}，合计{opinions}",
         "法律顾问为{L}政府出具合法性审查意见书{opinions_gov}，为{L}直部门和{T}出具合法性审查意见{opinions_dep}，合计{opinions}"),
        ("审查政府合同{contracts}，提出的法律意见得到充分采纳",
         "严把合同合法性关口，审查政府合同{contracts}"),
        ("{villages}村（社区）实现法律顾问全覆盖，打通法律服务最后环节",
         "推行村（社区）法律顾问制度，覆盖{villages}村（社区）"),
    ),
    "enforcement": (
        ("全{L}现有行政执法部门{enf_depts}、执法主体{bodies}，执法信息全部向社会公示",
         "{enf_depts}行政执法部门、{bodies}执法主体的执法信息实现统一公示"),
        ("组织{cert_exam}参加执法资格认证考试，持证执法人员{certified}，培训行政执法人员{trained}",
         "{cert_exam}参加执法资格认证考试，持证执法人员达到{certified}，全年培训行政执法人员{trained}"),
        ("开展行政执法案卷评查，评查案卷{files}，其中合格{files_ok}，案卷合格率{files_rate}{^files_rate}",
         "组织执法案卷评查，共评查案卷{files}，合格{files_ok}，案卷合格率{files_rate}{^files_rate}"),
        ("聘请行政执法社会监督员{supervisors}，拓宽执法监督渠道",
         "发挥社会监督作用，在任行政执法社会监督员{supervisors}"),
        ("办理行政处罚案件{penalties}{+penalties}，罚没金额{fines}",
         "全年办理行政处罚案件{penalties}{+penalties}，罚没金额{fines}，未发生因执法不当引发的舆情"),
        ("实施行政检查{checks}{+checks}，执法全过程记录制度有效落实",
         "规范检查行为，全年实施行政检查{checks}{+checks}"),
        ("召开“<两法>”衔接联席会议{liaison}，移送涉嫌犯罪案件{transferred}",
         "健全行刑衔接机制，召开“<两法>衔接”联席会议{liaison}，移送涉嫌犯罪案件{transferred}"),
        ("聚焦食品药品、安全生产、生态环境等领域开展专项执法行动{campaigns}",
         "紧盯群众反映强烈的突出问题，开展专项执法行动{campaigns}"),
    ),
    "oversight": (
        ("办理人大代表建议{npc}、政协委员提案{cppcc}，共计{motions}，办复率{motions_rate}",
         "全年办理人大代表建议{npc}、政协提案{cppcc}，合计{motions}，按时办复率{motions_rate}"),
        ("办理司法建议{judicial}、检察建议{procuratorial}，检察建议回复率{procuratorial_rate}",
         "认真落实司法建议{judicial}、检察建议{procuratorial}，检察建议按期回复率{procuratorial_rate}"),
        ("收到行政复议申请{rec_apply}{+rec_apply}，受理行政复议案件{rec_accepted}，审结行政复议案件{rec_done}",
         "发挥行政复议化解行政争议主渠道作用，收到行政复议申请{rec_apply}{+rec_apply}，受理行政复议案件{rec_accepted}，审结行政复议案件{rec_done}"),
        ("在审结的行政复议案件{rec_done}中，纠错{rec_fixed}，行政复议纠错率{rec_fixed_rate}",
         "审结行政复议案件{rec_done}，其中直接纠错{rec_fixed}，纠错率{rec_fixed_rate}，倒逼行政机关规范履职"),
        ("行政复议案件以调解和解方式结案{rec_med}，行政复议调解和解率{rec_med_rate}",
         "通过调解和解审结行政复议案件{rec_med}，调解和解率{rec_med_rate}"),
        ("全{L}行政应诉案件{suits}，开庭审理案件{heard}，行政机关负责人出庭应诉{appeared}，出庭应诉率{appear_rate}",
         "办理行政应诉案件{suits}，法院开庭审理{heard}，负责人出庭应诉{appeared}，负责人出庭应诉率{appear_rate}"),
        ("法院审结行政诉讼案件{suits_done}，行政机关败诉{lost}，败诉率{lost_rate}",
         "全年审结行政诉讼案件{suits_done}，其中败诉{lost}，行政诉讼败诉率{lost_rate}"),
        ("法院作出生效裁判{judged}，行政机关履行生效裁判的履行率{judged_rate}",
         "涉及行政机关的生效裁判{judged}，生效裁判履行率{judged_rate}"),
    ),
    "transparency": (
        ("通过政府网站公开政府信息{website}，发布政策解读{interpretations}",
         "政府网站发布政府信息{website}、政策解读{interpretations}，公开的及时性和有效性不断提升"),
        ("收到政府信息公开申请{disclosure}{+disclosure}，全部按时办结，按时答复率{disclosed_rate}",
         "依法办理政府信息公开申请{disclosure}{+disclosure}，依申请公开按时答复率{disclosed_rate}"),
        ("全年收到群众诉求{appeals}，已办结{appeals_done}，办结率{appeals_rate}",
         "热线平台受理群众诉求{appeals}，办结诉求{appeals_done}，诉求办结率{appeals_rate}",
         "共收到群众诉求{appeals}，已办结群众诉求{appeals_done}，群众诉求办结率{appeals_rate}"),
        ("对办结诉求开展回访，群众满意率{appeals_sat}{^appeals_sat}",
         "群众诉求回访满意率{appeals_sat}{^appeals_sat}"),
        ("全{L}{media}政务新媒体纳入常态化监测",
         "对{media}政务新媒体账号开展季度检查，不规范问题及时整改"),
    ),
    "disputes": (
        ("开展矛盾纠纷排查{screenings}，做到底数清、情况明、措施实",
         "坚持抓早抓小，组织矛盾纠纷排查{screenings}"),
        ("受理调解案件{disputes}{+disputes}，调解成功{settled}，调解成功率{settled_rate}",
         "各级调解组织受理调解案件{disputes}{+disputes}，成功调解{settled}，矛盾纠纷调处率{settled_rate}"),
        ("兑现调解个案补贴{subsidy}，人民调解员队伍达到{mediators}",
         "落实经费保障，兑现个案补贴{subsidy}，现有人民调解员{mediators}"),
        ("登记受理信访事项{petitions}{+petitions}，办结信访事项{petitions_done}，信访事项办结率{petitions_rate}",
         "推进信访工作法治化，登记受理信访事项{petitions}{+petitions}，办结信访事项{petitions_done}，信访办结率{petitions_rate}"),
        ("{L}级领导定点接访{batches}{persons}，现场组织调解{onsite}，化解信访积案{backlog}",
         "落实领导干部接访制度，领导接访{batches}{persons}，现场组织调解{onsite}，化解信访积案{backlog}"),
    ),
    "services": (
        ("为农牧民工、妇女儿童和其他群体办理法律援助案件分别为{aid_labour}、{aid_women}和{aid_other}，共计{aid}{+aid}",
         "办理农民工法律援助案件{aid_labour}、妇女儿童法律援助案件{aid_women}、其他群体法律援助案件{aid_other}，合计{aid}{+aid}"),
        ("接待群众法律咨询{consult}{+consult}，为农民工追回欠薪{wages}",
         "解答群众法律咨询{consult}{+consult}，帮助农民工追回欠薪{wages}"),
        ("办理公证{notary}{+notary}，对行动不便的群众提供上门服务",
         "公证机构办理公证{notary}{+notary}，服务群众更加便捷"),
        ("{T}组织法治宣传活动{pub_town}、{L}直部门组织法治宣传活动{pub_dept}，合计{publicity}",
         "落实“谁执法谁普法”责任制，{T}开展法治宣传活动{pub_town}，{L}直部门开展法治宣传活动{pub_dept}，共计{publicity}"),
        ("发放宣传资料{leaflets}，培育“法律明白人”{lawyers_known}",
         "利用集市、庙会等时机发放宣传资料{leaflets}，新老“法律明白人”共{lawyers_known}"),
    ),
    "emergency": (
        ("修订应急预案{reserve_plans}，完成{plans}企业应急预案备案",
         "全年修订应急预案{reserve_plans}，指导{plans}企业完成应急预案备案"),
        ("组织森林草原防火演练{drill_fire}、防汛演练{drill_flood}、危险化学品处置演练{drill_chem}，共计开展应急演练{drills}",
         "开展森林草原防火演练{drill_fire}，防汛演练{drill_flood}，危险化学品处置演练{drill_chem}，合计{drills}"),
        ("参演人员{drill_people}，储备应急物资{supplies}，应急保障能力持续增强",
         "演练参演人员{drill_people}，应急物资储备达到{supplies}"),
    ),
}  # fmt: skip

#: sentences without a figure, to stand between the others as in any report
PLAIN: tuple[str, ...] = (
    "各项制度更加完善，工作合力进一步增强", "有关做法得到上级充分肯定", "基层基础不断夯实", "群众获得感明显提升",
    "工作流程更加规范，责任链条更加清晰", "依法办事的氛围日益浓厚", "坚持问题导向，逐项对照检查，逐项整改提高",
    "把群众满意不满意作为检验工作的标准", "注重总结提炼，形成了一些可复制的经验", "确保法律法规在基层得到正确实施",
    "推动法治建设与经济社会发展深度融合", "做到有法可依、有章可循、有据可查",
)  # fmt: skip

PREAMBLES: tuple[str, ...] = (
    "{Y}，{N}坚持以习近平法治思想为指导，紧扣法治政府建设目标任务，统筹推进依法行政各项工作，取得了新的成效。现将有关情况报告如下：",
    "{Y}，{N}把法治政府建设摆在全局工作的突出位置，聚焦群众关切，补短板、强弱项，法治建设水平稳步提升。现报告如下：",
    "过去一年，{N}深入贯彻落实中央和上级关于法治政府建设的决策部署，围绕中心、服务大局，较好完成了{Y}各项任务。现将情况报告如下：",
    "{Y}，在上级党委、政府的坚强领导下，{N}全面推进依法行政，着力建设职能科学、权责法定、执法严明的法治政府。现将工作情况报告如下：",
)

#: problems: key -> (theme, wordings, causes); the same key may come back next year
PROBLEMS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "procedure": ("五、行政执法工作体系",
        ("部分执法人员程序意识不强，案卷制作不够规范", "个别单位重结果轻过程，执法文书填写随意的情况仍然存在", "执法程序不够严谨，证据收集固定还不到位"),
        ("主要原因是业务培训不够系统", "")),
    "staff": ("五、行政执法工作体系",
        ("基层执法力量薄弱，持证人员数量不足", "法治队伍建设存在短板，既有执法资格又熟悉业务的人手紧缺"),
        ("主要原因是编制总量受限、人员流动频繁", "")),
    "publicity": ("七、社会矛盾纠纷行政预防调处化解体系",
        ("普法宣传的针对性不强，宣传形式较为单一", "普法工作与群众需求结合不够紧密，部分群众法治观念仍较淡薄"), ("", "")),
    "data": ("九、科技保障体系",
        ("部门间数据共享不充分，信息化支撑能力偏弱", "数据壁垒尚未打通，执法与审批系统衔接不畅"), ("原因在于系统建设标准不一", "")),
    "decision": ("四、行政决策制度体系",
        ("重大行政决策程序执行还不够严格，公众参与的广度不足", "重大行政决策后评估工作开展不够"), ("", "究其原因，在于评估标准还不明确")),
    "review": ("七、社会矛盾纠纷行政预防调处化解体系",
        ("行政复议纠错案件举一反三不够，同类问题仍有发生", "通过复议实质性化解行政争议的能力有待加强"), ("", "")),
    "balance": ("十、党的领导和推进机制",
        ("法治政府建设推进不平衡，个别单位重视程度不够", "少数单位对法治建设研究谋划不深，工作压力传导逐级递减"), ("", "")),
    "disclosure": ("八、行政权力制约和监督体系",
        ("政务公开的主动性不强，政策解读形式较为单调", "信息公开的及时性和准确性还有提升空间"), ("", "")),
    "grassroots": ("七、社会矛盾纠纷行政预防调处化解体系",
        ("行业性、专业性调解组织作用发挥不充分", "基层解纷力量分散，衔接联动机制还不健全"), ("", "")),
    "business": ("二、政府机构职能体系",
        ("服务企业的法治供给不够精准，惠企政策知晓度不高", "涉企检查统筹不够，多头检查现象尚未杜绝"), ("", "")),
}  # fmt: skip

#: next steps: key -> (theme, problem answered, heading, actions; at most one action has a target {key:low})
STEPS: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "procedure": ("五、行政执法工作体系", "procedure", "规范行政执法行为",
        ("健全执法案卷常态化评查机制", "评查案卷{>files}", "加强对执法全过程的监督")),
    "staff": ("五、行政执法工作体系", "staff", "建强行政执法队伍",
        ("持证执法人员{>certified}", "推动执法力量向基层倾斜", "完善人员培养激励机制")),
    "publicity": ("七、社会矛盾纠纷行政预防调处化解体系", "publicity", "增强普法工作实效",
        ("创新普法载体和形式", "开展法治宣传活动{>publicity}")),
    "data": ("九、科技保障体系", "data", "加快数字法治政府建设", ("推动执法平台与审批系统互联互通", "提升数据归集和共享水平")),
    "decision": ("四、行政决策制度体系", "decision", "严格重大行政决策程序", ("完善公众参与和专家论证机制", "适时开展重大行政决策后评估")),
    "review": ("七、社会矛盾纠纷行政预防调处化解体系", "review", "发挥行政复议主渠道作用",
        ("加强复议案件分析通报", "推动行政争议实质性化解")),
    "balance": ("十、党的领导和推进机制", "balance", "压紧压实法治建设责任", ("强化督察考核和结果运用", "细化任务分工{>tasks}")),
    "disclosure": ("八、行政权力制约和监督体系", "disclosure", "深化政务公开", ("丰富政策解读形式", "发布政策解读{>interpretations}")),
    "grassroots": ("七、社会矛盾纠纷行政预防调处化解体系", "grassroots", "完善矛盾纠纷多元化解机制",
        ("健全人民调解、行业调解与诉前调解对接机制", "把更多纠纷化解在诉讼之前")),
    "business": ("二、政府机构职能体系", "business", "优化法治化营商环境", ("拓展“免申即享”政策范围", "“跨省通办”事项{>cross}")),
}  # fmt: skip

PROBLEM_INTROS = (
    "对照上级要求和群众期待，我{L}法治政府建设还存在一些差距：",
    "在看到成绩的同时，也清醒认识到工作中仍有不足：",
    "虽然各项工作取得一定成效，但仍存在一些问题和不足：",
)
STEP_INTROS = (
    "{Z}，{N}将坚持问题导向，重点做好以下工作：",
    "{Z}，我们将持续用力、久久为功，着力抓好以下工作：",
    "下一年，将聚焦短板弱项，扎实推进以下工作：",
)
